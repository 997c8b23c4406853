// SPDX-License-Identifier: Apache-2.0
#include "hw/number/fixed_point.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "hw/base/error.hpp"

namespace lacuna {
namespace {

const NumberFormat& fixed_point() { return *Registry<NumberFormat>::instance().find("fixed_point"); }

EncodedTensor encode(const std::vector<float>& values, std::int64_t bits) {
  NumberParameters parameters;
  parameters.bits = bits;
  parameters.integer_bits = integer_bits_for(max_magnitude(values));
  return fixed_point().encode(values, parameters);
}

TEST(IntegerBits, AreTheSignAndTheBitsLeftOfThePoint) {
  EXPECT_EQ(integer_bits_for(0.0), 1);
  EXPECT_EQ(integer_bits_for(0.9), 1);        // ceil(log2 0.9) = 0
  EXPECT_EQ(integer_bits_for(1.0), 1);        // log2 1 = 0
  EXPECT_EQ(integer_bits_for(1.0000001), 2);  // just above: 1
  EXPECT_EQ(integer_bits_for(4.0), 3);        // log2 4 = 2
  EXPECT_EQ(integer_bits_for(100.0), 8);      // ceil(6.64) = 7
  EXPECT_EQ(integer_bits_for(0.1), -2);       // ceil(-3.32) = -3
  EXPECT_EQ(integer_bits_for(0.125), -2);     // log2 = -3
  EXPECT_EQ(integer_bits_for(std::nextafter(8.0, 9.0)), 5);
}

TEST(FixedPoint, GivesTheCodesOfDynamicFixedPoint) {
  const std::vector<float> values{0.9F, -0.3F, 0.05F, -0.7F, 0.2F, -0.1F};
  // 8 bits, 1 left of the point: x 2^7 = 115.2, -38.4, 6.4, -89.6, 25.6, -12.8.
  const EncodedTensor eight = encode(values, 8);
  EXPECT_EQ(eight.fraction_bits, 7);
  EXPECT_EQ(eight.words, (std::vector<StoredWord>{115, -38, 6, -90, 26, -13}));
  // 4 bits: x 2^3 = 7.2, -2.4, 0.4, -5.6, 1.6, -0.8.
  const EncodedTensor four = encode(values, 4);
  EXPECT_EQ(four.fraction_bits, 3);
  EXPECT_EQ(four.words, (std::vector<StoredWord>{7, -2, 0, -6, 2, -1}));
  // A largest value of 100 takes all 8 bits for the integer part.
  const EncodedTensor wide = encode({100.0F, -3.3F, 0.6F}, 8);
  EXPECT_EQ(wide.fraction_bits, 0);
  EXPECT_EQ(wide.words, (std::vector<StoredWord>{100, -3, 1}));
}

TEST(FixedPoint, SaturatesAndRoundsHalvesToEven) {
  // 3 integer bits of 8: unit 2^-5. 4 -> 128 saturates, -4 -> -128 is exact, +-0.5 units -> 0, +-1.5 units -> +-2.
  const EncodedTensor encoded = encode({4.0F, -4.0F, 0.015625F, 0.046875F, -0.015625F, -0.046875F}, 8);
  EXPECT_EQ(encoded.fraction_bits, 5);
  EXPECT_EQ(encoded.words, (std::vector<StoredWord>{127, -128, 0, 2, 0, -2}));
  EXPECT_EQ(to_fixed_point(1e30, 16, 5), 32767);
  EXPECT_EQ(to_fixed_point(-1e30, 16, 5), -32768);
}

TEST(FixedPoint, HasOneIntegerBitForAnAllZeroTensor) {
  const EncodedTensor encoded = encode({0.0F, 0.0F}, 8);
  EXPECT_EQ(encoded.fraction_bits, 7);
  EXPECT_EQ(encoded.words, (std::vector<StoredWord>{0, 0}));
}

TEST(FixedPoint, ReturnsEveryWordOfEveryWidthUnchanged) {
  for (std::int64_t bits = 2; bits <= 16; ++bits) {
    for (const std::int64_t integer_bits : {-3, 1, 9}) {
      NumberParameters parameters;
      parameters.bits = bits;
      parameters.integer_bits = integer_bits;
      std::vector<float> values;
      std::vector<StoredWord> words;
      for (Word w = -(1 << (bits - 1)); w < (1 << (bits - 1)); ++w) {
        words.push_back(static_cast<StoredWord>(w));
        values.push_back(std::ldexp(static_cast<float>(w), static_cast<int>(integer_bits - bits)));
      }
      EXPECT_EQ(fixed_point().encode(values, parameters).words, words) << bits << " bits, " << integer_bits;
    }
  }
}

TEST(FixedPoint, IsNeverFurtherThanHalfAUnitFromTheValue) {
  NumberParameters parameters;
  parameters.bits = 5;
  std::vector<float> values;
  for (int i = -150; i <= 150; ++i) values.push_back(static_cast<float>(i) / 160.0F);  // within [-15/16, 15/16]
  const EncodedTensor encoded = fixed_point().encode(values, parameters);
  for (std::size_t i = 0; i < values.size(); ++i)
    EXPECT_LE(std::fabs(encoded.words[i] / 16.0 - values[i]), 0.5 / 16.0) << values[i];
}

TEST(FixedPoint, StoresItsBitsAndNothingElse) {
  NumberParameters parameters;
  parameters.bits = 9;
  EXPECT_EQ(fixed_point().bits_stored(1000, parameters), 9000);
}

void expect_refusal(const std::vector<float>& values, std::int64_t bits, const std::string& message) {
  NumberParameters parameters;
  parameters.bits = bits;
  try {
    fixed_point().encode(values, parameters);
    ADD_FAILURE() << "accepted; wanted: " << message;
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::bad_input);
    EXPECT_EQ(error.what(), message);
  }
}

TEST(FixedPoint, RefusesOtherWidthsAndValuesThatAreNotFinite) {
  expect_refusal({1.0F}, 1, "number format fixed_point: found 1 bits; allowed 2 to 16");
  expect_refusal({1.0F}, 17, "number format fixed_point: found 17 bits; allowed 2 to 16");
  const std::string not_finite = "a tensor holds NaN or infinity; allowed are finite values";
  expect_refusal({1.0F, std::numeric_limits<float>::quiet_NaN()}, 8, not_finite);
  expect_refusal({-std::numeric_limits<float>::infinity(), 1.0F}, 8, not_finite);
}

}  // namespace
}  // namespace lacuna

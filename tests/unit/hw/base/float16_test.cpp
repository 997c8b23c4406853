// SPDX-License-Identifier: Apache-2.0
// binary16 words, all of them, beside the definition of the format: (-1)^s 2^(e-15) (1 + f / 1024), and 2^-14 f / 1024
// where e is 0.
#include "hw/base/float16.hpp"

#include <gtest/gtest.h>

#include <random>

namespace lacuna {
namespace {

double defined(std::int32_t magnitude) {
  const int exponent = magnitude >> 10;
  const double fraction = (magnitude & 1023) / 1024.0;
  return exponent == 0 ? std::ldexp(fraction, -14) : std::ldexp(1.0 + fraction, exponent - 15);
}

TEST(Float16, HasTheNumbersOfTheFormat) {
  for (std::int32_t word = 0; word <= float16::kLargestWord; ++word) {
    ASSERT_EQ(float16::value_of(word), defined(word)) << word;
    ASSERT_EQ(float16::value_of(-word), -defined(word)) << word;
    ASSERT_EQ(float16::word_of(defined(word)), word);
    ASSERT_EQ(float16::word_of(-defined(word)), -word);
  }
  EXPECT_EQ(float16::value_of(1), 0x1p-24F);
  EXPECT_EQ(float16::value_of(0x3C00), 1.0F);
  EXPECT_EQ(float16::value_of(0x7BFF), 65504.0F);
}

TEST(Float16, TakesTheNearestAndTheEvenOneOfTwo) {
  for (std::int32_t word = 0; word < float16::kLargestWord; ++word) {
    const double middle = (defined(word) + defined(word + 1)) / 2.0;
    const double step = defined(word + 1) - defined(word);
    const std::int32_t even = word % 2 == 0 ? word : word + 1;
    ASSERT_EQ(float16::word_of(middle), even) << word;
    ASSERT_EQ(float16::word_of(middle - step / 64), word);
    ASSERT_EQ(float16::word_of(middle + step / 64), word + 1);
    ASSERT_EQ(float16::rounded(static_cast<float>(middle)), defined(even)) << word;
    ASSERT_EQ(float16::rounded(static_cast<float>(-middle)), -defined(even)) << word;
    ASSERT_EQ(float16::rounded(static_cast<float>(middle + step / 64)), defined(word + 1));
    ASSERT_EQ(float16::rounded(static_cast<float>(defined(word))), defined(word));
  }
}

TEST(Float16, SaturatesAtBothEnds) {
  for (const double large : {65505.0, 65520.0, 1e6, 3e38}) {
    EXPECT_EQ(float16::word_of(large), float16::kLargestWord);
    EXPECT_EQ(float16::word_of(-large), -float16::kLargestWord);
    EXPECT_EQ(float16::rounded(static_cast<float>(large)), 65504.0F);
    EXPECT_EQ(float16::rounded(static_cast<float>(-large)), -65504.0F);
  }
  // What no encoder gives, but a fault may: 16 bits beyond the largest number.
  EXPECT_EQ(float16::value_of(0x7C00), 65504.0F);
  EXPECT_EQ(float16::value_of(-32768), -65504.0F);
}

TEST(Float16, RoundsBothWaysAlike) {
  std::mt19937 random(5);
  for (int i = 0; i < 100000; ++i) {
    const int exponent = static_cast<int>(random() % 46) - 28;
    const float value = std::ldexp(static_cast<float>(random()) / 0x1p32F - 0.5F, exponent);
    ASSERT_EQ(float16::rounded(value), float16::value_of(float16::word_of(value))) << value;
  }
}

TEST(Float16, KeepsPsumsInTheirForms) {
  for (const PsumForm form : {PsumForm::float16, PsumForm::float32}) {
    EXPECT_EQ(psum_word(form, 0.0F), 0);
    EXPECT_EQ(psum_value(form, 0), 0.0F);
    for (const float value : {1.0F, -2.5F, 65504.0F, 0x1p-24F}) {
      EXPECT_EQ(psum_value(form, psum_word(form, value)), value);
    }
  }
  EXPECT_EQ(psum_rounded(PsumForm::float16, 2049.0F), 2048.0F);  // 11 bits of significand
  EXPECT_EQ(psum_rounded(PsumForm::float32, 2049.0F), 2049.0F);
}

}  // namespace
}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "hw/base/error.hpp"
#include "hw/number/fixed_point.hpp"
#include "hw/number/weight_sharing.hpp"

namespace lacuna {
namespace {

const NumberFormat& codebook() { return *Registry<NumberFormat>::instance().find("codebook"); }

NumberParameters widths(std::int64_t bits, std::int64_t value_bits, std::int64_t integer_bits) {
  NumberParameters parameters;
  parameters.bits = bits;
  parameters.value_bits = value_bits;
  parameters.integer_bits = integer_bits;
  return parameters;
}

/// Deterministic test data: small positive and negative values, most of them near zero.
std::vector<float> weights(std::size_t count) {
  std::vector<float> values;
  std::uint32_t state = 12345;
  for (std::size_t i = 0; i < count; ++i) {
    state = state * 1664525U + 1013904223U;
    const float uniform = static_cast<float>(static_cast<std::int32_t>(state)) / 2147483648.0F;
    values.push_back(uniform * uniform * uniform);
  }
  return values;
}

TEST(WeightSharing, GivesTheUsualIllustration) {
  // The 4 x 4 weights of Deep Compression's figure 3, times 100, in ascending order.
  const std::vector<Bin> bins{{-108, 1}, {-103, 1}, {-98, 1}, {-91, 1}, {-14, 1}, {0, 2},   {5, 1},  {9, 1},
                              {148, 1},  {149, 1},  {153, 1}, {187, 1}, {192, 1}, {209, 1}, {212, 1}};
  const Clusters clusters = cluster_bins(bins, 4);
  // (-108-103-98-91)/4, (-14+0+0+5+9)/5, (148+149+153)/3, (187+192+209+212)/4.
  EXPECT_EQ(clusters.centres, (std::vector<double>{-100.0, 0.0, 150.0, 200.0}));
  EXPECT_EQ(clusters.of_bin, (std::vector<std::size_t>{0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 3, 3, 3, 3}));
}

TEST(WeightSharing, SendsTiesToTheLowerIndex) {
  // Centres start at 0 and 4; 2 is as far from both and goes to 0: means 2/3 x ... = (0+0+0+2)/4 = 0.5 and 4.
  const std::vector<Bin> bins{{0, 3}, {2, 1}, {4, 1}};
  const Clusters clusters = cluster_bins(bins, 2);
  EXPECT_EQ(clusters.of_bin, (std::vector<std::size_t>{0, 0, 1}));
  EXPECT_EQ(clusters.centres, (std::vector<double>{0.5, 4.0}));
}

TEST(WeightSharing, KeepsTheCentreOfAnEmptyCluster) {
  // Centres start at 0, 50, 100; nothing is nearest to 50, which stays where it is.
  const std::vector<Bin> bins{{0, 1}, {1, 1}, {99, 1}, {100, 1}};
  EXPECT_EQ(cluster_bins(bins, 3).centres, (std::vector<double>{0.5, 50.0, 99.5}));
}

TEST(Codebook, CodesTheUsualIllustration) {
  // Without its two exact zeros; 3 integer bits for a largest weight of 2.12: unit 2^-13. The cluster around zero is
  // now
  // {-0.14, 0.05, 0.09}, in units of 2^-13 (-1147 + 410 + 737) / 3 = 0.
  const std::vector<float> w{2.09F, -0.98F, 1.48F, 0.09F,  0.05F, -0.14F, -1.08F,
                             2.12F, -0.91F, 1.92F, -1.03F, 1.87F, 1.53F,  1.49F};
  const EncodedTensor encoded = codebook().encode(w, widths(2, 16, 3));
  EXPECT_EQ(encoded.fraction_bits, 13);
  EXPECT_EQ(encoded.codebook, (std::vector<Word>{-8192, 0, 12288, 16384}));  // -1, 0, 1.5, 2
  EXPECT_EQ(encoded.words, (std::vector<StoredWord>{3, 0, 2, 1, 1, 1, 0, 3, 0, 3, 0, 3, 2, 2}));
  EXPECT_EQ(encoded.integer(0), 16384);
}

TEST(Codebook, ReservesCodeZeroForExactZeros) {
  // One cluster is left for 0.5, 0.25 and the smallest float above zero: (16384 + 8192 + 0) / 3 = 8192 = 0.25.
  const std::vector<float> w{0.0F, 0.5F, 1e-40F, -0.0F, 0.25F};
  const EncodedTensor encoded = codebook().encode(w, widths(1, 16, 1));
  EXPECT_EQ(encoded.codebook, (std::vector<Word>{0, 8192}));
  EXPECT_EQ(encoded.words, (std::vector<StoredWord>{0, 1, 1, 0, 1}));
}

TEST(Codebook, KeepsAllValuesWhenThereAreEntriesEnough) {
  const std::vector<float> w{0.5F, -0.25F, 0.5F, 0.125F};
  const EncodedTensor encoded = codebook().encode(w, widths(2, 8, 1));
  EXPECT_EQ(encoded.codebook, (std::vector<Word>{-32, 16, 64}));
  EXPECT_EQ(encoded.words, (std::vector<StoredWord>{2, 0, 2, 1}));
}

TEST(Codebook, HasCodesInRangeAndEntriesInOrderAtEveryWidth) {
  const std::vector<float> w = weights(5000);
  double last_error = 1e9;
  for (std::int64_t bits = 1; bits <= 8; ++bits) {
    const EncodedTensor encoded = codebook().encode(w, widths(bits, 16, 1));
    ASSERT_EQ(encoded.codebook.size(), std::size_t{1} << bits);
    EXPECT_TRUE(std::is_sorted(encoded.codebook.begin(), encoded.codebook.end()));
    double error = 0.0;
    for (std::size_t i = 0; i < w.size(); ++i) {
      ASSERT_GE(encoded.words[i], 0);
      ASSERT_LT(encoded.words[i], Word{1} << bits);
      const double difference = encoded.integer(i) / 32768.0 - w[i];
      error += difference * difference;
    }
    EXPECT_LT(error, last_error) << bits << " bits are no better than one less";
    last_error = error;
  }
}

TEST(Codebook, GivesEveryValueTheNearestOfItsEntries) {
  const std::vector<float> w = weights(2000);
  const EncodedTensor encoded = codebook().encode(w, widths(4, 16, 1));
  for (std::size_t i = 0; i < w.size(); ++i) {
    for (const Word entry : encoded.codebook)  // entries and values are rounded to the unit: one unit of slack
      EXPECT_LE(std::fabs(encoded.integer(i) - w[i] * 32768.0), std::fabs(entry - w[i] * 32768.0) + 2.0);
  }
}

TEST(Codebook, EncodesNothingToNothing) {
  const EncodedTensor encoded = codebook().encode(Span<const float>(), widths(4, 16, -1));
  EXPECT_TRUE(encoded.words.empty());
  EXPECT_EQ(encoded.codebook, (std::vector<Word>{0}));
  EXPECT_EQ(encoded.fraction_bits, 17);
}

TEST(Codebook, StoresCodesAndTheTable) {
  EXPECT_EQ(codebook().bits_stored(1000, widths(4, 16, 1)), 1000 * 4 + 16 * 16);
}

TEST(Codebook, RefusesWidthsItDoesNotHave) {
  const std::vector<float> w{1.0F};
  const auto message = [&w](const NumberParameters& parameters) -> std::string {
    try {
      codebook().encode(w, parameters);
    } catch (const Error& error) {
      return error.what();
    }
    return "accepted";
  };
  EXPECT_EQ(message(widths(0, 16, 1)), "number format codebook: found 0 bits; allowed 1 to 8");
  EXPECT_EQ(message(widths(9, 16, 1)), "number format codebook: found 9 bits; allowed 1 to 8");
  EXPECT_EQ(message(widths(4, 17, 1)), "number format codebook: found entries of 17 bits; allowed 2 to 16");
}

}  // namespace
}  // namespace lacuna

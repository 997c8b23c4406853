// SPDX-License-Identifier: Apache-2.0
#include "sim/engine/quantize_search.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/engine/quantize_target.hpp"
#include "tests/support/error_of.hpp"

namespace lacuna {
namespace {

/// Tensors whose noise adds up, each 6 dB less a bit; the second one's weighs 16 times as much.
WidthSearch additive() {
  WidthSearch search;
  search.tensors = {{"input", false, 100, 2, 16}, {"a", true, 4000, 2, 16}, {"a", false, 300, 2, 12}};
  search.sqnr_db = [](const Widths& widths) {
    const double noise = std::exp2(-2.0 * widths[0]) + 16 * std::exp2(-2.0 * widths[1]) + std::exp2(-2.0 * widths[2]);
    return -10 * std::log10(noise);
  };
  return search;
}

std::int64_t words_times_bits(const WidthSearch& search, const Widths& widths) {
  std::int64_t bits = 0;
  for (std::size_t i = 0; i < widths.size(); ++i) bits += search.tensors[i].words * widths[i];
  return bits;
}

/// In reach of the target, and not with one bit less in any one tensor.
void expect_narrowest(const WidthSearch& search, const Widths& widths, double target_db) {
  EXPECT_GE(search.sqnr_db(widths), target_db);
  for (std::size_t i = 0; i < widths.size(); ++i) {
    EXPECT_GE(widths[i], search.tensors[i].narrowest);
    EXPECT_LE(widths[i], search.tensors[i].widest);
    if (widths[i] == search.tensors[i].narrowest) continue;
    Widths less = widths;
    --less[i];
    EXPECT_LT(search.sqnr_db(less), target_db) << "tensor " << i;
  }
}

TEST(QuantizeSearch, FindsWidthsOfWhichNoneCanLoseABit) {
  const WidthSearch search = additive();
  for (double target_db = 1; target_db < 60; target_db += 0.5) {
    expect_narrowest(search, narrowest_widths(search, target_db), target_db);
  }
}

TEST(QuantizeSearch, MeetsTheTargetWhereTheSqnrDoesNotRiseWithTheWidth) {
  WidthSearch search = additive();
  const auto smooth = search.sqnr_db;
  search.sqnr_db = [smooth](const Widths& widths) {  // up to 8 dB up or down, by the widths
    std::uint64_t hash = 1469598103934665603U;
    for (const std::int64_t bits : widths) hash = (hash ^ static_cast<std::uint64_t>(bits)) * 1099511628211U;
    return smooth(widths) + static_cast<double>(hash >> 33U & 15U) - 8;
  };
  for (double target_db = 1; target_db < 50; target_db += 1) {
    expect_narrowest(search, narrowest_widths(search, target_db), target_db);
  }
}

TEST(QuantizeSearch, TakesTheBitsOfTheLargestTensorFirst) {
  // 12 dB: noise of 0.063 at most. One width for all: 18 x 4^-b, b = 5 (0.0176). Then 4 bits for the weights: 16/256 +
  // 2/1024 = 0.0645 are too much, so they keep 5: 0.0156; the map of 300 words can have 3, 0.0156, the input 3 as well.
  EXPECT_EQ(narrowest_widths(additive(), 12.0), (Widths{3, 5, 3}));
}

TEST(QuantizeSearch, KeepsWeightsWithinTheirBytesAndGivesBackWhatIsLeft) {
  WidthSearch search = additive();
  search.tensors.push_back({"b", true, 1000, 2, 16});
  search.sqnr_db = [](const Widths& widths) {
    return -10 * std::log10(std::exp2(-2.0 * widths[1]) + std::exp2(-2.0 * widths[3]));
  };
  for (std::int64_t most_bits = 10000; most_bits <= 80000; most_bits += 777) {
    const Widths widths = widths_within(search, most_bits);
    EXPECT_EQ(widths[0], 16);  // activations stay
    EXPECT_EQ(widths[2], 12);
    const std::int64_t bits = search.weight_bits(widths);
    EXPECT_LE(bits, most_bits);
    EXPECT_TRUE(widths[3] == 16 || bits + 1000 > most_bits) << most_bits;
  }
  EXPECT_EQ(widths_within(search, 80000), search.widest());
  EXPECT_EQ(words_times_bits(search, search.widest()), 80000 + 1600 + 3600);
}

TEST(QuantizeTargets, AreReadStrictly) {
  EXPECT_EQ(parse_quantize_target("sqnr_db=30").value, 30.0);
  EXPECT_EQ(parse_quantize_target("accuracy_drop=1%").value, 0.01);
  EXPECT_EQ(parse_quantize_target("accuracy_drop=0.01").value, 0.01);
  EXPECT_EQ(parse_quantize_target("weight_bytes=2e6").value, 2e6);
  for (const char* bad : {"sqnr_db=0", "sqnr_db=-3", "sqnr_db=120.5", "sqnr_db=nan", "sqnr_db=inf", "sqnr_db=30dB",
                          "sqnr_db=", "sqnr_db", "accuracy_drop=-1%", "accuracy_drop=101%", "accuracy_drop=%",
                          "weight_bytes=0", "weight_bytes=1e99", "weight_bytes=2 MB", "bits=3", "=3"}) {
    EXPECT_NE(error_of([bad] { parse_quantize_target(bad); }).find("; allowed "), std::string::npos) << bad;
  }
}

}  // namespace
}  // namespace lacuna

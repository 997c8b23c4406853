// SPDX-License-Identifier: Apache-2.0
#include "hw/chip/post_processing.hpp"

#include <gtest/gtest.h>

#include "hw/base/post_arithmetic.hpp"
#include "hw/noc/simulation_context.hpp"

namespace lacuna::test {
namespace {

Word process(const PostArithmetic& post, Word psum, std::int64_t bias) {
  const SimulationContext simulation;
  const std::vector<std::int64_t> biases = {bias};
  return PostProcessing("post", post, biases).process(psum, 0);
}

TEST(PostProcessing, AddsTheBiasOfTheChannelAndCountsEveryWord) {
  const SimulationContext simulation;
  const std::vector<std::int64_t> biases = {10, -20, 300};
  PostProcessing post("post", {0, 16, false}, biases);
  EXPECT_EQ(post.process(5, 0), 15);
  EXPECT_EQ(post.process(5, 1), -15);
  EXPECT_EQ(post.process(5, 2), 305);
  EXPECT_EQ(post.operations(), 3);
}

TEST(PostProcessing, RoundsHalfUpAfterTheBias) {
  EXPECT_EQ(process({2, 16, false}, 5, 0), 1);    // 5 / 4 = 1.25
  EXPECT_EQ(process({2, 16, false}, 5, 1), 2);    // 6 / 4 = 1.5
  EXPECT_EQ(process({2, 16, false}, -6, 0), -1);  // -1.5 rounds up
  EXPECT_EQ(process({2, 16, false}, -7, 0), -2);  // -1.75
}

TEST(PostProcessing, ANegativeShiftGoesLeft) { EXPECT_EQ(process({-3, 16, false}, 5, -1), 32); }  // 4 x 8

TEST(PostProcessing, SaturatesAtTheWidthOfTheOfmapAndNotBefore) {
  EXPECT_EQ(process({0, 8, false}, 127, 0), 127);
  EXPECT_EQ(process({0, 8, false}, 127, 1), 127);
  EXPECT_EQ(process({0, 8, false}, -128, 0), -128);
  EXPECT_EQ(process({0, 8, false}, -128, -1), -128);
  EXPECT_EQ(process({1, 8, false}, 200, 54), 127);  // 254 / 2: saturation follows the shift
}

TEST(PostProcessing, ReluTurnsNegativeWordsIntoZeros) {
  EXPECT_EQ(process({0, 16, true}, -1, 0), 0);
  EXPECT_EQ(process({0, 16, true}, 0, 0), 0);
  EXPECT_EQ(process({0, 16, true}, 1, 0), 1);
  EXPECT_EQ(process({0, 16, true}, -5, 7), 2);  // after the bias
}

Word number(float value) { return psum_word(PsumForm::float32, value); }

TEST(PostProcessing, RoundsFloatSumsOnceMoreToTheWordsOfTheOfmap) {
  PostArithmetic post{0, 16, false};
  post.psum = PsumForm::float32;
  post.float_ofmap = true;
  EXPECT_EQ(process(post, number(1.5F), number(0.25F)), float16::word_of(1.75));
  EXPECT_EQ(process(post, number(2048.0F), number(1.0F)), float16::word_of(2048.0));  // 2049: a tie, to even
  EXPECT_EQ(process(post, number(-3.0F), number(1.0F)), float16::word_of(-2.0));
  EXPECT_EQ(process(post, number(7e4F), number(0.0F)), float16::kLargestWord);
  post.relu = true;
  EXPECT_EQ(process(post, number(-3.0F), number(1.0F)), 0);
  post.relu = false;
  post.psum = PsumForm::float16;
  EXPECT_EQ(process(post, float16::word_of(1.5), number(0.25F)), float16::word_of(1.75));
  post.scales = {std::int64_t{3} << 15};  // 1.5
  EXPECT_EQ(process(post, float16::word_of(1.5), number(0.25F)), float16::word_of(2.5));
}

TEST(PostProcessing, GoesBetweenFloatAndFixedPoint) {
  PostArithmetic post{0, 8, false};
  post.psum = PsumForm::float32;
  post.fixed_fraction_bits = 2;
  EXPECT_EQ(process(post, number(5.0F), number(0.0F)), 20);
  EXPECT_EQ(process(post, number(1.125F), number(0.0F)), 4);    // 4.5: a tie, to even
  EXPECT_EQ(process(post, number(-1.375F), number(0.0F)), -6);  // -5.5
  EXPECT_EQ(process(post, number(3e30F), number(0.0F)), 127);
  PostArithmetic widening{0, 16, false};
  widening.float_ofmap = true;
  widening.psum_fraction_bits = 3;
  EXPECT_EQ(process(widening, 20, 4), float16::word_of(3.0));
  EXPECT_EQ(process(widening, -(1 << 24) - 1, 0), float16::word_of(-65504.0));
}

TEST(PostProcessing, KeepsTheSignOfAScaledPsum) {
  PostArithmetic post{0, 1, false};
  post.scales = {13107};  // 0.2: a psum of -2 is worth less than half a unit
  post.words = {-1, 1};
  post.thresholds = {0};
  for (const Word psum : {-40, -2, -1, 1, 2, 40}) EXPECT_EQ(process(post, psum, 0), psum < 0 ? -1 : 1) << psum;
}

TEST(PostProcessing, RoundsAScaledSumOnceWithTheGuardBitsOfItsBias) {
  PostArithmetic post{0, 16, false};
  post.scales = {std::int64_t{1} << 14};  // 0.25
  post.bias_guard_bits = 2;
  EXPECT_EQ(process(post, 1, 1), 1);  // 0.25 + 0.25: a half goes up
  EXPECT_EQ(process(post, 1, 0), 0);
  EXPECT_EQ(process(post, -3, 0), -1);  // -0.75
  post.right_shift = -2;
  EXPECT_EQ(process(post, 3, 1), 4);  // 0.75 + 0.25, two places to the left
}

TEST(PostProcessing, ComparesFloatSumsWithLevels) {
  PostArithmetic post{0, 2, false};
  post.psum = PsumForm::float32;
  post.fixed_fraction_bits = 4;
  post.thresholds = {8, 16, 24};  // 0.5, 1, 1.5
  post.words = {0, 1, 2, 3};
  EXPECT_EQ(process(post, number(0.46F), number(0.0F)), 0);
  EXPECT_EQ(process(post, number(0.5F), number(0.0F)), 1);
  EXPECT_EQ(process(post, number(0.5F), number(0.75F)), 2);
  EXPECT_EQ(process(post, number(1e20F), number(0.0F)), 3);
}

}  // namespace
}  // namespace lacuna::test

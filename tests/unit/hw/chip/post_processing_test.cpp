// SPDX-License-Identifier: Apache-2.0
#include "hw/chip/post_processing.hpp"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace lacuna::test

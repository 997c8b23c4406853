// SPDX-License-Identifier: Apache-2.0
#include "workloads/stimulus/density_bias.hpp"

#include <gtest/gtest.h>

#include <vector>

#include "workloads/random/random.hpp"

namespace lacuna {
namespace {

PostArithmetic post_of(std::int64_t right_shift) {
  PostArithmetic post;
  post.right_shift = right_shift;
  post.relu = true;
  return post;
}

/// Non-zero ofmap words with the bias for a density.
int non_zeros(const std::vector<Word>& psums, double density, const PostArithmetic& post) {
  const std::int64_t bias = bias_for_density(psums, density, post);
  int count = 0;
  for (const Word psum : psums) count += post_process(post, psum, bias) != 0 ? 1 : 0;
  return count;
}

TEST(DensityBias, DrawsTheLineRightBelowTheSmallestPsumThatPasses) {
  const std::vector<Word> psums = {10, -30, 20, 0};
  EXPECT_EQ(bias_for_density(psums, 0.5, post_of(0)), -9);   // 10 - 9 = 1 passes, 0 - 9 does not
  EXPECT_EQ(bias_for_density(psums, 1.0, post_of(0)), 31);   // -30 + 31 = 1
  EXPECT_EQ(bias_for_density(psums, 0.0, post_of(0)), -20);  // 20 - 20 = 0
  // A right shift of 4 rounds 8 to 1 and 7 to 0.
  EXPECT_EQ(bias_for_density(psums, 0.5, post_of(4)), -2);     // 10 - 2 = 8
  EXPECT_EQ(bias_for_density(psums, 0.0, post_of(4)), -13);    // 20 - 13 = 7
  EXPECT_EQ(bias_for_density(psums, 0.25, post_of(-2)), -19);  // a left shift rounds nothing: 20 - 19 = 1
}

TEST(DensityBias, GivesTheDensityToTheNearestWordWherePsumsDiffer) {
  std::vector<Word> psums;
  const RandomStream stream(3);
  for (std::uint64_t i = 0; i < 1000; ++i) psums.push_back(static_cast<Word>(64 * i + stream.below(i, 64)) - 32000);
  for (const double density : {0.0, 0.001, 0.1, 0.169, 0.378, 0.5, 0.9995, 1.0}) {
    for (const std::int64_t shift : {-3, 0, 1, 5}) {
      EXPECT_NEAR(non_zeros(psums, density, post_of(shift)), 1000.0 * density, 0.5) << density << " " << shift;
    }
  }
}

TEST(DensityBias, TakesTheNearerSideOfATie) {
  const std::vector<Word> psums = {9, 5, 5, 5, 5, 1};
  EXPECT_EQ(non_zeros(psums, 2.0 / 6.0, post_of(0)), 1);  // 2 wanted: 1 or 5 are possible
  EXPECT_EQ(non_zeros(psums, 4.0 / 6.0, post_of(0)), 5);  // 4 wanted
}

TEST(DensityBias, HoldsForTheExtremesOfAPsum) {
  const std::vector<Word> psums = {INT32_MIN, INT32_MAX};
  EXPECT_EQ(bias_for_density(psums, 1.0, post_of(0)), 2147483649);  // 1 + 2^31
  EXPECT_EQ(non_zeros(psums, 0.5, post_of(0)), 1);
}

}  // namespace
}  // namespace lacuna

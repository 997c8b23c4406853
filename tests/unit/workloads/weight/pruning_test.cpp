// SPDX-License-Identifier: Apache-2.0
#include "workloads/weight/pruning.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace lacuna {
namespace {

std::vector<float> pruned(const std::vector<float>& weights, double zero_share) {
  Tensor<float> tensor({static_cast<std::int64_t>(weights.size())});
  tensor.data = weights;
  prune_by_magnitude(tensor, zero_share);
  return tensor.data;
}

TEST(Pruning, TakesTheWeightsOfLeastMagnitudeWhateverTheirSign) {
  EXPECT_EQ(pruned({-3.0F, 1.0F, -0.5F, 2.0F}, 0.5), (std::vector<float>{-3.0F, 0.0F, 0.0F, 2.0F}));
}

TEST(Pruning, RoundsTheNumberOfWeightsDown) {
  const std::vector<float> weights = {4.0F, 3.0F, 2.0F, 1.0F};
  EXPECT_EQ(pruned(weights, 0.2499), weights);                                       // floor(0.9996) = 0
  EXPECT_EQ(pruned(weights, 0.25), (std::vector<float>{4.0F, 3.0F, 2.0F, 0.0F}));    // 1
  EXPECT_EQ(pruned(weights, 0.9999), (std::vector<float>{4.0F, 0.0F, 0.0F, 0.0F}));  // floor(3.9996) = 3
}

TEST(Pruning, TakesOfEqualMagnitudesThoseThatStandFirst) {
  EXPECT_EQ(pruned({1.0F, -1.0F, 0.5F, 1.0F, -1.0F}, 0.6), (std::vector<float>{0.0F, 0.0F, 0.0F, 1.0F, -1.0F}));
}

TEST(Pruning, CountsWeightsThatAreZeroAlready) {
  EXPECT_EQ(pruned({0.0F, 2.0F, -0.0F, 1.0F}, 0.5), (std::vector<float>{0.0F, 2.0F, 0.0F, 1.0F}));
  EXPECT_EQ(pruned({0.0F, 2.0F, -0.0F, 1.0F}, 0.75), (std::vector<float>{0.0F, 2.0F, 0.0F, 0.0F}));
}

TEST(Pruning, OfNothingChangesNothing) {
  const std::vector<float> weights = {1.0F, -0.0F};
  EXPECT_EQ(pruned(weights, 0.0), weights);
  EXPECT_TRUE(pruned({}, 0.5).empty());
}

}  // namespace
}  // namespace lacuna

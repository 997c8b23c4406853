// SPDX-License-Identifier: Apache-2.0
#include "sim/values/sqnr.hpp"

#include <gtest/gtest.h>

#include <limits>

namespace lacuna {
namespace {

TEST(Sqnr, IsTheRatioOfSquaresInDecibels) {
  // Unit 1/4: worths 1, -2, 0.5. Signal 1.1^2 + 2^2 + 0.5^2 = 5.46, noise 0.1^2 = 0.01: 10 log10 546 = 27.37193.
  Sqnr ratio;
  ratio.add(std::vector<float>{1.1F, -2.0F, 0.5F}, {16, 2}, std::vector<StoredWord>{4, -8, 2});
  EXPECT_NEAR(ratio.db(), 27.37193, 2e-5);
}

TEST(Sqnr, SumsOverMaps) {
  // Signal 100 + 100, noise 1 + 1: 20 dB exactly, as of one map.
  Sqnr ratio;
  ratio.add(std::vector<float>{10.0F}, {16, 0}, std::vector<StoredWord>{11});
  ratio.add(std::vector<float>{-10.0F}, {16, 0}, std::vector<StoredWord>{-9});
  EXPECT_NEAR(ratio.db(), 20.0, 1e-12);
}

TEST(Sqnr, IsInfiniteWithoutNoiseAndMinusInfiniteWithoutSignal) {
  Sqnr exact;
  exact.add(std::vector<float>{2.0F}, {16, 0}, std::vector<StoredWord>{2});
  EXPECT_EQ(exact.db(), std::numeric_limits<double>::infinity());
  Sqnr noise;
  noise.add(std::vector<float>{0.0F}, {16, 0}, std::vector<StoredWord>{2});
  EXPECT_EQ(noise.db(), -std::numeric_limits<double>::infinity());
}

}  // namespace
}  // namespace lacuna

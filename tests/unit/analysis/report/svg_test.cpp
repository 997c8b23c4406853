// SPDX-License-Identifier: Apache-2.0
#include "analysis/report/svg.hpp"

#include <gtest/gtest.h>

namespace lacuna {
namespace {

TEST(Ticks, AreRoundAndCoverTheRange) {
  for (const double high : {0.0007, 0.9, 1.0, 3.7, 99.0, 2.2e6, 7.3e11}) {
    const Ticks ticks = Ticks::over(0.0, high, 6);
    EXPECT_EQ(ticks.low, 0.0) << high;
    EXPECT_GE(ticks.high, high);
    EXPECT_LT(ticks.high, high + ticks.step);
    EXPECT_LE(ticks.values().size(), 8U) << high;
    EXPECT_GE(ticks.values().size(), 3U) << high;
  }
  EXPECT_EQ(Ticks::over(0.0, 10.0, 5).values(), (std::vector<double>{0, 2, 4, 6, 8, 10}));
}

TEST(Ticks, OfARangeThatDoesNotStartAtZero) {
  const Ticks ticks = Ticks::over(103.0, 118.0, 5);
  EXPECT_EQ(ticks.low, 100.0);
  EXPECT_EQ(ticks.high, 120.0);
}

TEST(Ticks, OfOneValueAreTwo) { EXPECT_GT(Ticks::over(5.0, 5.0, 6).high, 5.0); }

TEST(Ticks, AreWrittenWithPrefixes) {
  EXPECT_EQ(tick_text(0.0), "0");
  EXPECT_EQ(tick_text(0.25), "0.25");
  EXPECT_EQ(tick_text(2500.0), "2.5 k");
  EXPECT_EQ(tick_text(-4e6), "-4 M");
}

}  // namespace
}  // namespace lacuna

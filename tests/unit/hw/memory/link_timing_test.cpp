// SPDX-License-Identifier: Apache-2.0
#include "hw/memory/link_timing.hpp"

#include <gtest/gtest.h>

namespace lacuna::test {
namespace {

TEST(LinkTiming, WordsOfA60MhzLinkArriveAtEdges4And7And10OfA200MhzCore) {
  const LinkTiming timing{200000, 60000};
  // (k + 1) x 200 / 60 = 3.33, 6.67, 10: not an edge earlier than a word is there.
  EXPECT_EQ(timing.arrival(0, 0), 4);
  EXPECT_EQ(timing.arrival(0, 1), 7);
  EXPECT_EQ(timing.arrival(0, 2), 10);
  EXPECT_EQ(timing.arrival(0, 299), 1000);  // 300 x 200 / 60: roundings do not add up
}

TEST(LinkTiming, ArrivalsCountFromTheStartOfTheTransfer) {
  const LinkTiming timing{200000, 60000};
  EXPECT_EQ(timing.arrival(1234, 0), 1238);
  EXPECT_EQ(timing.arrival(1234, 2), 1244);
}

TEST(LinkTiming, EqualClocksBringAWordAnEdge) {
  const LinkTiming timing{200000, 200000};
  for (std::int64_t k = 0; k < 10; ++k) EXPECT_EQ(timing.arrival(5, k), 6 + k);
}

TEST(LinkTiming, ALinkFasterThanTheCoreBringsSeveralWordsByTheSameEdge) {
  const LinkTiming timing{100000, 300000};
  // (k + 1) / 3 rounded up: 1 1 1 2 2 2 3
  const std::int64_t edges[] = {1, 1, 1, 2, 2, 2, 3};
  for (std::int64_t k = 0; k < 7; ++k) EXPECT_EQ(timing.arrival(0, k), edges[k]) << "word " << k;
}

TEST(LinkTiming, FrequenciesInKhzAreExactOverLongTransfers) {
  const LinkTiming timing{199999, 60001};
  // 10^9 words: 10^9 x 199999 / 60001 = 3333261112.3, rounded up; a product of 2 x 10^14 stays exact.
  EXPECT_EQ(timing.arrival(0, 999'999'999), 3'333'261'113);
}

}  // namespace
}  // namespace lacuna::test

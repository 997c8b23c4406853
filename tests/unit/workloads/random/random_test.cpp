// SPDX-License-Identifier: Apache-2.0
#include "workloads/random/random.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace lacuna {
namespace {

TEST(RandomStream, IsSplitMix64) {
  // The published outputs for seed 1234567: the generator of Steele et al. with state 1234567 + (i + 1) x golden ratio.
  const RandomStream stream(1234567);
  EXPECT_EQ(stream.bits(0), 6457827717110365317u);
  EXPECT_EQ(stream.bits(1), 3203168211198807973u);
  EXPECT_EQ(stream.bits(2), 9817491932198370423u);
}

TEST(RandomStream, UnitIsNeverZeroAndAtMostOne) {
  EXPECT_EQ(RandomStream::unit_of(0), 0x1p-53);
  EXPECT_EQ(RandomStream::unit_of(~std::uint64_t{0}), 1.0);
}

TEST(RandomStream, BelowHitsEveryNumberBelowTheBoundAboutEquallyOften) {
  const RandomStream stream(1);
  int hits[7] = {};
  for (std::uint64_t i = 0; i < 70000; ++i) ++hits[stream.below(i, 7)];
  // Binomial with mean 10000 and standard deviation sqrt(70000 x 1/7 x 6/7) = 92.6: 463 is five of them.
  for (const int h : hits) EXPECT_NEAR(h, 10000, 463);
}

TEST(StreamKey, DiffersBySeedNameAndNumber) {
  EXPECT_NE(stream_key(1, "conv1"), stream_key(2, "conv1"));
  EXPECT_NE(stream_key(1, "conv1"), stream_key(1, "conv2"));
  EXPECT_NE(stream_key(1, std::int64_t{0}), stream_key(1, std::int64_t{1}));
  EXPECT_NE(stream_key(1, std::int64_t{0}), stream_key(2, std::int64_t{0}));
}

/// Distance of `found` from the true value in units in the last place of the double nearest to that.
double ulps(double found, long double truth) {
  const auto near = static_cast<double>(truth);
  const double ulp = std::nextafter(std::fabs(near), std::numeric_limits<double>::infinity()) - std::fabs(near);
  return static_cast<double>(std::fabs(static_cast<long double>(found) - truth)) / ulp;
}

TEST(NaturalLog, IsWithinOneUlpOfTheTruth) {
  const RandomStream stream(7);
  double worst = 0.0;
  for (std::uint64_t i = 0; i < 200000; ++i) {
    // Units as the generators draw them, numbers close to 1 and numbers of every size.
    const double unit = stream.unit(3 * i);
    const double near_one = 1.0 + (stream.unit(3 * i + 1) - 0.5) * 0x1p-6;
    const double any = std::ldexp(1.0 + unit, static_cast<int>(stream.below(3 * i + 2, 2000)) - 1000);
    for (const double x : {unit, near_one, any}) {
      worst = std::max(worst, ulps(natural_log(x), std::log(static_cast<long double>(x))));
    }
  }
  EXPECT_LT(worst, 1.0);
  EXPECT_EQ(natural_log(1.0), 0.0);
  EXPECT_EQ(natural_log(0x1p-53), -0x1.25e4f7b2737fap+5);  // -53 ln 2 = -36.7368005696771
}

TEST(Exponential, IsWithinOneUlpOfTheTruth) {
  const RandomStream stream(8);
  double worst = 0.0;
  for (std::uint64_t i = 0; i < 200000; ++i) {
    const double wide = (stream.unit(2 * i) - 0.5) * 1400.0;
    const double narrow = (stream.unit(2 * i + 1) - 0.5) * 0x1p-4;
    for (const double x : {wide, narrow}) {
      worst = std::max(worst, ulps(exponential(x), std::exp(static_cast<long double>(x))));
    }
  }
  EXPECT_LT(worst, 1.0);
  EXPECT_EQ(exponential(0.0), 1.0);
  EXPECT_EQ(exponential(-1e9), 0.0);
}

}  // namespace
}  // namespace lacuna

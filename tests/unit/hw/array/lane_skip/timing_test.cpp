// SPDX-License-Identifier: Apache-2.0
// How long windows take: the properties that the papers' rules imply, whatever the words are.
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "tests/support/dice.hpp"
#include "tests/support/lane_skip_layer.hpp"

namespace lacuna::test {
namespace {

/// A small layer of any shape, on a small array that takes all of it in one pass.
LaneSkipLayer drawn_layer(Dice& dice) {
  LaneSkipLayer layer(dice.draw(1, 2), dice.draw(1, 5), dice.draw(1, 3), dice.draw(2, 5));
  layer.shape = {dice.draw(1, 2), dice.draw(1, 9), dice.draw(1, 11), 1, 6, 5, dice.draw(1, 3),
                 dice.draw(1, 3), dice.draw(1, 2), dice.draw(0, 1)};
  layer.zero_percent = dice.pick<std::int64_t>({0, 40, 80, 100});
  layer.seed = dice.draw(1, 1000);
  return layer;
}

std::int64_t cycles(const LaneSkipLayer& layer) { return layer.run_event().processing_cycles; }

/// The rule, window by window, from the words themselves.
class PlainWindows {
 public:
  explicit PlainWindows(LaneSkipLayer& layer)
      : s_(layer.shape),
        array_(layer.array()),
        words_(layer.words()),
        filters_(ceil_div(s_.M, array_.pes() / array_.neuron_lanes)) {}

  /// ceil(M / filters side by side) x sum over windows of what `of_lanes` makes of the time of each lane.
  template <class OfLanes>
  std::int64_t sum(const OfLanes& of_lanes) const {
    std::int64_t all = 0;
    for (std::int64_t window = 0; window < s_.N * s_.E() * s_.F(); ++window) {
      all += of_lanes(lanes(window / (s_.E() * s_.F()), window / s_.F() % s_.E(), window % s_.F()));
    }
    return filters_ * all;
  }
  std::int64_t bricks() const { return s_.R * s_.S * ceil_div(s_.C, array_.brick_channels); }

 private:
  std::vector<std::int64_t> lanes(std::int64_t image, std::int64_t y, std::int64_t x) const {
    std::vector<std::int64_t> times(static_cast<std::size_t>(array_.neuron_lanes), 0);
    const std::int64_t blocks = ceil_div(s_.C, array_.brick_channels);
    for (std::int64_t n = 0; n < bricks(); ++n) {
      const std::int64_t h = y * s_.U + n / blocks / s_.S - s_.P;
      const std::int64_t w = x * s_.U + n / blocks % s_.S - s_.P;
      const std::int64_t first = n % blocks * array_.brick_channels;
      std::int64_t live = 0;
      for (std::int64_t c = first; c < std::min(s_.C, first + array_.brick_channels); ++c) {
        if (h < 0 || h >= s_.H || w < 0 || w >= s_.W) continue;
        live += words_.ifmaps[static_cast<std::size_t>(image)][static_cast<std::size_t>((c * s_.H + h) * s_.W + w)] != 0
                    ? 1
                    : 0;
      }
      times[static_cast<std::size_t>(n % array_.neuron_lanes)] += std::max(array_.empty_brick_cycles, live);
    }
    return times;
  }

  const LayerShape s_;
  const LaneSkipConfig array_;
  const LayerCase::Words words_;
  const std::int64_t filters_;
};

TEST(LaneSkipTiming, IsTheSlowestLaneOfEveryWindow) {
  Dice dice(1);
  for (int trial = 0; trial < 150; ++trial) {
    LaneSkipLayer layer = drawn_layer(dice);
    const PlainWindows windows(layer);
    const auto slowest = [](const std::vector<std::int64_t>& lanes) {
      return *std::max_element(lanes.begin(), lanes.end());
    };
    ASSERT_EQ(cycles(layer), windows.sum(slowest)) << to_json(layer);
    layer.array().empty_brick_cycles = 0;  // a window takes a cycle even so
    const PlainWindows free_bricks(layer);
    const auto at_least_one = [&](const std::vector<std::int64_t>& lanes) {
      return std::max<std::int64_t>(1, slowest(lanes));
    };
    ASSERT_EQ(cycles(layer), free_bricks.sum(at_least_one)) << to_json(layer);
  }
}

TEST(LaneSkipTiming, IsNotBelowWhatIsDealtEvenly) {
  Dice dice(2);
  for (int trial = 0; trial < 100; ++trial) {
    LaneSkipLayer layer = drawn_layer(dice);
    const PlainWindows windows(layer);
    const std::int64_t lanes = layer.array().neuron_lanes;
    const auto even = [lanes](const std::vector<std::int64_t>& times) {
      return ceil_div(std::accumulate(times.begin(), times.end(), std::int64_t{0}), lanes);
    };
    ASSERT_GE(cycles(layer), windows.sum(even)) << to_json(layer);
  }
}

TEST(LaneSkipTiming, OfTheBaseIsItsClosedForm) {
  Dice dice(3);
  for (int trial = 0; trial < 100; ++trial) {
    LaneSkipLayer layer = drawn_layer(dice);
    layer.array().skip = false;
    const LayerShape& s = layer.shape;
    const std::int64_t filters = layer.array().units * layer.array().filter_lanes;
    ASSERT_EQ(cycles(layer),
              s.N * s.E() * s.F() * ceil_div(s.M, filters) * s.R * s.S * ceil_div(s.C, layer.array().neuron_lanes))
        << to_json(layer);
  }
}

TEST(LaneSkipTiming, OfFullBricksOffThePaddingIsThatOfTheBaseExactly) {
  Dice dice(4);
  for (int trial = 0; trial < 50; ++trial) {
    const std::int64_t lanes = dice.draw(1, 4);
    LaneSkipLayer layer(2, lanes, 2, lanes);
    layer.shape = {1, 6, lanes * lanes * dice.draw(1, 2), 1, 5, 4, dice.draw(1, 3), dice.draw(1, 2), dice.draw(1, 2),
                   0};
    layer.zero_percent = 0;
    const std::int64_t skipping = cycles(layer);
    layer.array().skip = false;
    ASSERT_EQ(skipping, cycles(layer)) << to_json(layer);
  }
}

TEST(LaneSkipTiming, FallsBackToTheBaseWhereAWindowHasFewerBricksThanLanes) {
  LaneSkipLayer layer(1, 8, 2, 8);
  layer.shape = {1, 4, 16, 1, 4, 4, 1, 1, 1, 0};
  layer.zero_percent = 0;
  EXPECT_EQ(cycles(layer), 16 * 2 * 8);  // two folds; two bricks of 8 neurons on two lanes
  layer.array().fallback_to_base = true;
  EXPECT_EQ(cycles(layer), 16 * 2 * 2);
  layer.shape.C = 64;  // as many bricks as lanes
  const LayerRun skipping = layer.run_event();
  EXPECT_GT(skipping.counts.at("nm.read"), 0);
}

TEST(LaneSkipTiming, OfTheFirstLayerIsThatOfTheBaseIfTheArraySaysSo) {
  LaneSkipLayer layer(1, 4, 4, 4);
  layer.shape = {1, 4, 3, 1, 8, 8, 3, 3, 1, 0};
  layer.network_input = true;
  const LayerRun base = layer.run_event();
  EXPECT_EQ(base.processing_cycles, 36 * 9);
  EXPECT_EQ(base.macs_skipped, 0);
  EXPECT_EQ(base.counts.at("nm.read"), 0);
  layer.array().first_layer_base = false;
  const LayerRun skipping = layer.run_event();
  EXPECT_GT(skipping.macs_skipped, 0);
  EXPECT_EQ(skipping.ofmap, base.ofmap);
}

TEST(LaneSkipTiming, LanesThatNeedNotWaitAreNeverSlower) {
  Dice dice(5);
  std::int64_t faster = 0;
  for (int trial = 0; trial < 100; ++trial) {
    LaneSkipLayer layer = drawn_layer(dice);
    const std::int64_t waiting = cycles(layer);
    layer.array().window_sync = false;
    ASSERT_LE(cycles(layer), waiting) << to_json(layer);
    faster += cycles(layer) < waiting ? 1 : 0;
  }
  EXPECT_GT(faster, 20);
}

}  // namespace
}  // namespace lacuna::test

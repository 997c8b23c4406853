// SPDX-License-Identifier: Apache-2.0
// How long passes take, whatever the words are: the published closed forms, and what turns and latencies add.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/dice.hpp"
#include "tests/support/inner_product_layer.hpp"
#include "tests/support/level_comparison.hpp"

namespace lacuna::test {
namespace {

std::int64_t cycles(const InnerProductLayer& layer) { return layer.run_event().processing_cycles; }

/// A small layer of any shape, on a small array with MACs of any rate, that takes all of it in one pass a group.
InnerProductLayer drawn_layer(Dice& dice) {
  InnerProductLayer layer(dice.draw(1, 5), dice.draw(1, 4), dice.draw(1, 5));
  layer.shape = {dice.draw(1, 2), 2 * dice.draw(1, 5), dice.draw(1, 11), dice.draw(1, 2), 6, 5,
                 dice.draw(1, 3), dice.draw(1, 3),     dice.draw(1, 2),  dice.draw(0, 1)};
  layer.array().lanes_over = dice.flip() ? "window" : "channels";
  if (dice.flip())
    layer.serial(dice.draw(2, 9));
  else if (dice.flip())
    layer.subwords(dice.pick<std::int64_t>({4, 8, 16}));
  layer.whole();
  layer.seed = dice.draw(1, 1000);
  return layer;
}

TEST(InnerProductTiming, IsThePublishedClosedForm) {
  Dice dice(1);
  for (int trial = 0; trial < 300; ++trial) {
    InnerProductLayer layer = drawn_layer(dice);
    const LayerShape& s = layer.shape;
    const MacRate rate = layer.context().mac_rate;
    const InnerProductConfig& a = layer.array();
    const std::int64_t width = a.lanes * rate.macs;
    const std::int64_t steps =
        a.lanes_over == "window" ? ceil_div(s.C * s.R * s.S, width) : s.R * s.S * ceil_div(s.C, width);
    ASSERT_EQ(cycles(layer),
              s.N * s.G * ceil_div(s.E() * s.F(), a.windows) * ceil_div(s.M / s.G, a.filters) * steps * rate.cycles)
        << to_json(layer);
  }
}

TEST(InnerProductTiming, APassWaitsForItsLastSums) {
  InnerProductLayer layer(2, 2, 2);
  layer.shape = {1, 4, 4, 2, 3, 3, 2, 2, 1, 0};
  // A group is a pass: 1 fold of 2 filters x 2 pallets of 4 pixels x 4 places x 2 blocks of 4 channels = 16.
  EXPECT_EQ(cycles(layer), 2 * 16);
  layer.array().tree_latency = 3;
  EXPECT_EQ(cycles(layer), 2 * (16 + 3));
  layer.map().m = 2;
  layer.map().n = 1;
  layer.map().e = 2;
  layer.map().c = 2;
  // Two passes a group, of a block of channels each.
  EXPECT_EQ(cycles(layer), 4 * (8 + 3));
}

/// Step by step: a window takes its next one an edge after the window before it, and when it is free.
std::int64_t edges_in_turn(std::int64_t steps, std::int64_t windows, std::int64_t cycles) {
  std::vector<std::int64_t> begun;
  for (std::int64_t n = 0; n < steps; ++n) {
    std::int64_t edge = n == 0 ? 0 : begun.back() + 1;
    if (n >= windows) edge = std::max(edge, begun[static_cast<std::size_t>(n - windows)] + cycles);
    begun.push_back(edge);
  }
  return begun.back() + cycles;
}

TEST(InnerProductTiming, WindowsTakeTheWeightsOfFcLayersInTurn) {
  Dice dice(2);
  for (int trial = 0; trial < 200; ++trial) {
    InnerProductLayer layer(dice.draw(1, 6), dice.draw(1, 3), dice.draw(1, 4));
    layer.fc(dice.draw(1, 20), dice.draw(1, 8), dice.draw(1, 3));
    layer.serial(dice.draw(2, 9));
    layer.array().serial_fc = true;
    layer.whole();
    const InnerProductConfig& a = layer.array();
    const std::int64_t steps = layer.shape.N * ceil_div(layer.shape.M, a.filters) * ceil_div(layer.shape.C, a.lanes);
    ASSERT_EQ(cycles(layer), edges_in_turn(steps, a.windows, layer.activation_bits)) << to_json(layer);
    if (a.windows >= layer.activation_bits) {
      ASSERT_EQ(cycles(layer), steps + layer.activation_bits - 1) << to_json(layer);
    }
  }
}

TEST(InnerProductTiming, OfOtherLayersDoesNotDependOnWhatFcLayersDo) {
  InnerProductLayer layer(3, 2, 2);
  layer.shape = {1, 4, 4, 1, 3, 3, 2, 2, 1, 0};
  layer.serial(5);
  const std::int64_t shared = cycles(layer);
  layer.array().serial_fc = true;
  EXPECT_EQ(cycles(layer), shared);
}

TEST(InnerProductTiming, FcLayersOfSerialMacsTakeTheirCyclesTimesLongerWithoutTurns) {
  InnerProductLayer layer(16, 4, 4);
  layer.fc(16, 8);
  layer.serial(7);
  EXPECT_EQ(cycles(layer), 2 * 4 * 7);
  layer.array().serial_fc = true;
  EXPECT_EQ(cycles(layer), 2 * 4 + 7 - 1);
  layer.array().windows = 2;  // 8 steps, two at a time: the last begins at 3 x 7 + 1
  EXPECT_EQ(cycles(layer), 3 * 7 + 1 + 7);
}

TEST(InnerProductTiming, PalletsMixNeitherImagesNorStrips) {
  InnerProductLayer layer(4, 1, 1);
  layer.shape = {2, 1, 1, 1, 3, 3, 1, 1, 1, 0};
  EXPECT_EQ(cycles(layer), 2 * 3);  // ceil(9 / 4) an image
  layer.map().n = 2;
  layer.map().e = 1;
  EXPECT_EQ(cycles(layer), 2 * 3);  // ceil(3 / 4) a row
  layer.map().e = 2;
  EXPECT_EQ(cycles(layer), 2 * (2 + 1));  // ceil(6 / 4) + ceil(3 / 4)
}

}  // namespace
}  // namespace lacuna::test

// SPDX-License-Identifier: Apache-2.0
// The clocked array suffers damage visibly, and shows its wires.
#include <gtest/gtest.h>

#include "tests/support/clocked_array.hpp"
#include "tests/support/lane_skip_layer.hpp"

namespace lacuna::test {
namespace {

LaneSkipLayer small_layer(bool skip) {
  LaneSkipLayer layer(2, 3, 2, 2);
  layer.array().skip = skip;
  layer.array().first_layer_base = false;
  layer.shape = {1, 4, 3, 1, 6, 6, 3, 3, 1, 0};
  layer.zero_percent = 0;
  layer.weight_zero_percent = 0;
  layer.relu = false;
  layer.network_input = true;  // dense streams: any word decodes
  return layer;
}

TEST(LaneSkipArray, OneFlippedBitAnywhereOnTheWayIsSeenInTheOfmap) {
  for (const bool skip : {false, true}) expect_flipped_bits_are_seen(small_layer(skip), 7);
}

TEST(LaneSkipArray, ShowsItsWiresInAWave) {
  expect_wires_in_a_wave(small_layer(true), {"step", "windows", "lane_2", "sum_11"});
}

TEST(LaneSkipArray, CountsWhatOnlyItHas) {
  // Two bricks of 2 channels at one place, 3 non-zeros in all: 2 + 1. Two filters of two units, a lane each.
  LaneSkipLayer layer(2, 2, 1, 2);
  layer.shape.M = 2;
  layer.shape.C = 4;
  LayerCase::Words words = layer.words();
  words.ifmaps[0] = {5, 7, 0, 3};
  words.filters.assign(8, 1);
  const auto [clocked, event] = layer.run_on(words);
  for (const LayerRun* run : {&clocked, &event}) {
    EXPECT_EQ(run->processing_cycles, 2);
    EXPECT_EQ(run->macs_performed, 6);
    EXPECT_EQ(run->macs_skipped, 2);
    EXPECT_EQ(run->counts.at("nm.read"), 2);
    EXPECT_EQ(run->counts.at("offset.decode"), 3);
    EXPECT_EQ(run->counts.at("sb.read"), 6);
    EXPECT_EQ(run->counts.at("adder_tree.op"), 2);
    EXPECT_EQ(run->counts.at("nbout.write"), 2);
    EXPECT_EQ(run->counts.at("encoder.op"), 2);
    EXPECT_EQ(run->counts.at("lane.idle"), 1);
    EXPECT_EQ(run->stall_cycles.at("lane"), 2);
    EXPECT_EQ(run->counts.at("global_buffer.ifmap_read"), 4);
  }
}

}  // namespace
}  // namespace lacuna::test

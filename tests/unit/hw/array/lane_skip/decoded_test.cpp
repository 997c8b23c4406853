// SPDX-License-Identifier: Apache-2.0
// Synapses that come through a tile store: edges beside the arithmetic that gives them, at both levels, and words.
#include <gtest/gtest.h>

#include "tests/support/lane_skip_layer.hpp"
#include "tests/support/stored_filters.hpp"

namespace lacuna::test {
namespace {

/// 1 x 1 filters on four channels of ones, in two bricks of two: a window takes 2 edges of both lanes.
LaneSkipLayer four_channels(std::int64_t filters, std::int64_t pixels) {
  LaneSkipLayer layer(1, 2, 2, 2);
  layer.shape = {1, filters, 4, 1, 1, pixels, 1, 1, 1, 0};
  layer.zero_percent = 0;
  layer.chip.dram_link.clock_khz = 10'000'000;  // 50 words a cycle of 200 MHz
  return layer;
}

TEST(LaneSkipSynapses, OfAPassAreThereTwoEdgesAfterTheLastIsMade) {
  // 2 filters x 4 channels: 8 weights are written at s + 2 to s + 9; 3 windows of 2 edges from s + 10 on.
  const LayerRun run = both_levels(one_weight_an_edge(four_channels(2, 3)));
  const PassRecord& pass = run.passes.at(0);
  EXPECT_EQ(pass.filters_sent, pass.start + 9);
  EXPECT_EQ(pass.end, pass.start + 10 + 3 * 2 - 1);
  for (const PeActivity& pe : run.activity.pes) {
    EXPECT_EQ(pe.stalls, std::vector<std::int64_t>({0, 0, pass.start, 10}));  // brick, lane, link, weight
    EXPECT_EQ(pe.performed, 6);
  }
  EXPECT_EQ(run.counts.at("tile_store.write"), 8);
  EXPECT_EQ(run.counts.at("weight_decoder.decode_value"), 8);
  EXPECT_EQ(run.counts.at("sb.read"), 3 * 4);
  EXPECT_EQ(run.counts.at("global_buffer.filter_write"), 0);
}

TEST(LaneSkipSynapses, OfATileThatStaysAreNotDecodedAgain) {
  expect_a_tile_that_stays_is_decoded_once(one_weight_an_edge(four_channels(2, 3)), 3 * 2);  // windows x edges
}

TEST(LaneSkipSynapses, OfTheNextTileComeOverTheLinkWhileTheLanesWork) {
  // Tile 1 waits for its ofmap to be drained at both; its 2 rows of filters are off the way.
  expect_streams_leave_the_banks_sooner_than_words(four_channels(4, 30));
}

TEST(LaneSkipSynapses, AreLookedUpBeforeTheStoreWhateverCode0IsWorth) {
  expect_look_up_before_the_store(one_weight_an_edge(four_channels(3, 3)));
}

TEST(LaneSkipSynapses, ThatTheStoreCannotHoldAreRefused) {
  expect_a_store_too_small_is_refused(one_weight_an_edge(four_channels(2, 3)));
}

}  // namespace
}  // namespace lacuna::test

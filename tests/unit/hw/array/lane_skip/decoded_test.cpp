// SPDX-License-Identifier: Apache-2.0
// Synapses that come through a tile store: edges beside the arithmetic that gives them, at both levels, and words.
#include <gtest/gtest.h>

#include "hw/base/error.hpp"
#include "tests/support/both_levels.hpp"
#include "tests/support/error_of.hpp"
#include "tests/support/lane_skip_layer.hpp"

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
  // Two strips on one filter tile: the second pass works from its first edge on.
  LaneSkipLayer layer = one_weight_an_edge(four_channels(2, 3));
  layer.shape.H = 2;
  layer.map().m = 2;
  layer.map().c = 4;
  const LayerRun run = both_levels(layer);
  ASSERT_EQ(run.passes.size(), 2U);
  EXPECT_EQ(run.passes[1].filters_sent, run.passes[1].start);
  EXPECT_EQ(run.passes[1].end, run.passes[1].start + 3 * 2 - 1);
  EXPECT_EQ(run.counts.at("weight_decoder.decode_value"), 8);
  EXPECT_EQ(run.activity.pes.at(0).stalls.at(3), 10);
}

TEST(LaneSkipSynapses, OfTheNextTileComeOverTheLinkWhileTheLanesWork) {
  // Two m tiles. Words stay in the banks to the last edge of a pass; a stream may go once it is decoded.
  LaneSkipLayer layer = four_channels(4, 30);
  layer.chip.dram_link.clock_khz = 50'000;  // a word in four cycles
  layer.map().m = 2;
  layer.map().c = 4;
  layer.map().n = 1;
  layer.map().e = 1;
  const LayerRun words = both_levels(layer);
  const LayerRun streams = both_levels(one_weight_an_edge(layer));
  ASSERT_EQ(streams.passes.size(), 2U);
  // Tile 1 waits for its ofmap to be drained at both; its 2 rows of filters are off the way.
  EXPECT_LT(streams.passes[1].link_wait(), words.passes[1].link_wait());
  EXPECT_EQ(streams.processing_cycles, words.processing_cycles + 2 * 10);
}

TEST(LaneSkipSynapses, AreLookedUpBeforeTheStoreWhateverCode0IsWorth) {
  for (const char* gate : {"none", "weight", "either"}) {
    LaneSkipLayer layer = one_weight_an_edge(four_channels(3, 3));
    layer.weight_bits = 4;
    layer.zero_code_is_zero = false;
    layer.array().gate_on = gate;
    layer.chip.weight_memory.look_up = "decoder";
    const LayerRun run = both_levels(layer);
    EXPECT_GT(run.counts.at("codebook.read"), 0) << gate;
    EXPECT_EQ(run.counts.at("tile_store.write"), 12) << gate;
  }
}

TEST(LaneSkipSynapses, ThatTheStoreCannotHoldAreRefused) {
  LaneSkipLayer layer = one_weight_an_edge(four_channels(2, 3));
  layer.map().m = 2;
  layer.map().c = 4;
  layer.chip.weight_memory.store_words = 8;
  EXPECT_EQ(both_levels(layer).ofmap, layer.expected());
  layer.chip.weight_memory.store_words = 7;
  EXPECT_EQ(error_of([&] { layer.check(); }),
            "filter words of a pass, decoded = 8 words, but /chip/weight_memory/store_words gives 7");
  layer.mapping = nullptr;  // the default mapping finds tiles that fit
  EXPECT_EQ(both_levels(layer).ofmap, layer.expected());
}

}  // namespace
}  // namespace lacuna::test

// SPDX-License-Identifier: Apache-2.0
// Filters that come through a tile store: edges beside the arithmetic that gives them, at both levels, and words.
#include <gtest/gtest.h>

#include "hw/base/error.hpp"
#include "tests/support/error_of.hpp"
#include "tests/support/inner_product_layer.hpp"

namespace lacuna::test {
namespace {

/// The filter banks hold dense words of 16 bits; the decoder makes one weight an edge. A pass that begins at edge s
/// has weight k (from 1 on) written at s + k + 1, and reads a tile of K weights from s + K + 2 on.
InnerProductLayer one_an_edge(InnerProductLayer layer) {
  layer.chip.weight_memory.holds = "stream";
  layer.chip.weight_memory.decoder = {1, 1, 1, 4, 0};
  return layer;
}

/// 1 x 1 filters on four channels, for two windows, filters and lanes: a pallet of two pixels takes 2 steps of an edge.
InnerProductLayer four_channels(std::int64_t filters, std::int64_t pixels) {
  InnerProductLayer layer(2, 2, 2);
  layer.shape = {1, filters, 4, 1, 1, pixels, 1, 1, 1, 0};
  layer.chip.dram_link.clock_khz = 10'000'000;  // 50 words a cycle of 200 MHz
  return layer;
}

/// A run at both levels, which must agree in what these tests look at.
LayerRun both(const InnerProductLayer& layer) {
  LayerRun clocked = layer.run();
  const LayerRun event = layer.run_event();
  EXPECT_EQ(clocked.ofmap, layer.expected());
  EXPECT_EQ(event.ofmap, clocked.ofmap);
  EXPECT_EQ(event.stall_cycles, clocked.stall_cycles);
  EXPECT_EQ(event.counts, clocked.counts);
  EXPECT_EQ(event.total_cycles, clocked.total_cycles);
  return clocked;
}

TEST(InnerProductFilters, OfAPassAreThereTwoEdgesAfterTheLastIsMade) {
  // 2 filters x 4 channels: 8 weights are written at s + 2 to s + 9; 2 pallets of 2 steps from s + 10 on.
  const LayerRun run = both(one_an_edge(four_channels(2, 3)));
  const PassRecord& pass = run.passes.at(0);
  EXPECT_EQ(pass.filters_sent, pass.start + 9);
  EXPECT_EQ(pass.end, pass.start + 10 + 4 - 1);
  for (const PeActivity& pe : run.activity.pes) {
    EXPECT_EQ(pe.stalls, std::vector<std::int64_t>({0, 0, 0, pass.start, 10}));  // lane, turn, tree, link, weight
    EXPECT_EQ(pe.busy, pe.row < 2 ? 4 : 2);  // window 1 has a pixel in the first pallet
  }
  EXPECT_EQ(run.counts.at("tile_store.write"), 8);
  EXPECT_EQ(run.counts.at("tile_store.read"), 4 * 2);  // taps x pallets: a row has both filters
  EXPECT_EQ(run.counts.at("weight_register.write"), 8 * 2);
  EXPECT_EQ(run.counts.at("weight_decoder.decode_value"), 8);
  EXPECT_EQ(run.counts.at("global_buffer.filter_write"), 0);
  EXPECT_EQ(run.counts.at("global_buffer.filter_read"), 0);
}

TEST(InnerProductFilters, AreReadRowByRowForEveryFoldOfFilters) {
  // 3 filters in 2 folds: 12 weights; 2 folds x 2 pallets x 2 steps of 2 words.
  const LayerRun run = both(one_an_edge(four_channels(3, 3)));
  const PassRecord& pass = run.passes.at(0);
  EXPECT_EQ(pass.end, pass.start + 14 + 8 - 1);
  EXPECT_EQ(run.counts.at("tile_store.read"), 2 * 2 * 2 * 2);
}

TEST(InnerProductFilters, AreWaitedForByWindowsThatTakeTurnsToo) {
  // 5 weights are written at s + 2 to s + 6; 3 steps of 4 edges on 2 windows begin at s + 7, 8 and 11.
  InnerProductLayer layer(2, 2, 2);
  layer.serial(4);
  layer.array().serial_fc = true;
  layer.array().tree_latency = 2;
  layer.fc(5, 1);
  const LayerRun run = both(one_an_edge(layer));
  const PassRecord& pass = run.passes.at(0);
  EXPECT_EQ(pass.filters_sent, pass.start + 6);
  EXPECT_EQ(pass.end, pass.start + 7 + 8 + 2 - 1);
  EXPECT_EQ(run.counts.at("tile_store.read"), 5);
  for (const PeActivity& pe : run.activity.pes) {
    EXPECT_EQ(pe.stalls.at(4), pe.column == 0 ? 7 : 0) << pe.row;  // without a filter it waits for nothing
  }
}

TEST(InnerProductFilters, OfATileThatStaysAreNotDecodedAgain) {
  // Two strips on one filter tile: the second pass works from its first edge on, 2 pallets of 2 steps.
  InnerProductLayer layer = one_an_edge(four_channels(2, 3));
  layer.shape.H = 2;
  layer.map().m = 2;
  layer.map().c = 4;
  const LayerRun run = both(layer);
  ASSERT_EQ(run.passes.size(), 2U);
  EXPECT_EQ(run.passes[1].filters_sent, run.passes[1].start);
  EXPECT_EQ(run.passes[1].end, run.passes[1].start + 4 - 1);
  EXPECT_EQ(run.counts.at("weight_decoder.decode_value"), 8);
  EXPECT_EQ(run.activity.pes.at(0).stalls.at(4), 10);
}

TEST(InnerProductFilters, OfTheNextTileComeOverTheLinkWhileTheUnitsWork) {
  // Two m tiles, each with a wait of 10. Words stay in the banks to the last step of a pass; a stream may go sooner.
  InnerProductLayer layer = four_channels(4, 60);
  layer.chip.dram_link.clock_khz = 50'000;  // a word in four cycles
  layer.map().m = 2;
  layer.map().c = 4;
  const LayerRun words = both(layer);
  const LayerRun streams = both(one_an_edge(layer));
  ASSERT_EQ(streams.passes.size(), 2U);
  EXPECT_LT(streams.passes[1].link_wait(), words.passes[1].link_wait());
  EXPECT_EQ(streams.processing_cycles, words.processing_cycles + 20);
}

TEST(InnerProductFilters, AreLookedUpBeforeTheStoreWhateverCode0IsWorth) {
  for (const char* gate : {"none", "weight", "either"}) {
    InnerProductLayer layer = one_an_edge(four_channels(3, 3));
    layer.weight_bits = 4;
    layer.zero_code_is_zero = false;
    layer.array().gate_on = gate;
    layer.chip.weight_memory.look_up = "decoder";
    const LayerRun run = both(layer);
    EXPECT_GT(run.counts.at("codebook.read"), 0) << gate;
    EXPECT_EQ(run.counts.at("tile_store.write"), 12) << gate;
  }
}

TEST(InnerProductFilters, ThatTheStoreCannotHoldAreRefused) {
  InnerProductLayer layer = one_an_edge(four_channels(2, 3));
  layer.map().m = 2;
  layer.map().c = 4;
  layer.chip.weight_memory.store_words = 8;
  EXPECT_EQ(both(layer).ofmap, layer.expected());
  layer.chip.weight_memory.store_words = 7;
  EXPECT_EQ(error_of([&] { layer.check(); }),
            "filter words of a pass, decoded = 8 words, but /chip/weight_memory/store_words gives 7");
  layer.mapping = nullptr;  // the default mapping finds tiles that fit
  EXPECT_EQ(both(layer).ofmap, layer.expected());
}

}  // namespace
}  // namespace lacuna::test

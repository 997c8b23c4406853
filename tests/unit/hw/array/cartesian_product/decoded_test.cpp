// SPDX-License-Identifier: Apache-2.0
// Weights that come through a tile store: edges beside the arithmetic that gives them, at both levels, and words.
#include <gtest/gtest.h>

#include "hw/base/error.hpp"
#include "tests/support/both_levels.hpp"
#include "tests/support/cartesian_layer.hpp"
#include "tests/support/error_of.hpp"

namespace lacuna::test {
namespace {

/// The decoder makes one weight an edge. A pass that begins at edge s has weight k (from 1 on) written at s + k + 1,
/// and reads a tile of K weights, zeros included, from s + K + 2 on.
void store_one_an_edge(CartesianLayer& layer) {
  layer.chip.weight_memory.holds = "stream";
  layer.chip.weight_memory.decoder = {1, 1, 1, 4, 0};
}

/// One PE of 2 x 2 multipliers without bank conflicts; 1 x 1 filters, two channels, four pixels.
CartesianLayer one_pe(std::int64_t filters) {
  CartesianLayer layer(1, 1);
  layer.array().filter_lanes = layer.array().ifmap_lanes = 2;
  layer.array().bank_model = "ideal";
  layer.shape = {1, filters, 2, 1, 2, 2, 1, 1, 1, 0};
  layer.chip.dram_link.clock_khz = 10'000'000;  // 50 words a cycle of 200 MHz
  return layer;
}

TEST(CartesianWeights, TakeTimeToDecodeAsZerosAndNoEntryInTheStore) {
  CartesianLayer layer = one_pe(2);
  store_one_an_edge(layer);
  LayerCase::Words words = layer.zeros();
  words.ifmaps[0].assign(8, 1);
  words.filters = {3, 0, 0, 4};  // filter x channel
  const auto [clocked, event] = layer.run_on(words);
  for (const LayerRun* run : {&clocked, &event}) {
    // 4 weights are written at s + 2 to s + 5. In each channel two vectors of pixels meet one weight: 4 steps.
    const PassRecord& pass = run->passes.at(0);
    EXPECT_EQ(pass.filters_sent, pass.start + 5);
    EXPECT_EQ(pass.end, pass.start + 6 + 4 - 1);
    EXPECT_EQ(run->activity.pes.at(0).stalls.at(5), 6);
    EXPECT_EQ(run->counts.at("tile_store.write"), 2);
    EXPECT_EQ(run->counts.at("tile_store.read"), 2);
    EXPECT_EQ(run->counts.at("weight_decoder.decode_value"), 4);
  }
}

TEST(CartesianWeights, OfADenseTwinAllTakeAnEntry) {
  CartesianLayer layer = one_pe(3);
  store_one_an_edge(layer);
  layer.array().dense = true;
  EXPECT_EQ(both_levels(layer).counts.at("tile_store.write"), 6);
}

TEST(CartesianWeights, OfTheNextGroupAreDecodedWhileSumsLeave) {
  // Two rows of PEs and 2 x 2 filters exchange halos; two groups of one channel. With drain_overlap the second begins
  // to decode at the edge after the first is computed, whatever of its sums is left to drain.
  CartesianLayer layer(2, 1);
  layer.shape = {1, 2, 1, 1, 4, 4, 2, 2, 1, 0};
  layer.zero_percent = layer.weight_zero_percent = 0;
  layer.chip.dram_link.clock_khz = 10'000'000;
  layer.map().m = 2;
  layer.map().e = 3;
  store_one_an_edge(layer);
  const LayerRun run = both_levels(layer);
  ASSERT_EQ(run.passes.size(), 2U);
  EXPECT_EQ(run.passes[0].filters_sent, run.passes[0].start + 5);
  EXPECT_LE(run.passes[1].start, run.passes[0].end);
  EXPECT_EQ(run.passes[1].filters_sent, run.passes[1].start + 5);
}

TEST(CartesianWeights, LieInTheStorePhaseByPhaseOfTheStride) {
  CartesianLayer layer(1, 1);
  layer.shape = {1, 1, 1, 1, 5, 5, 3, 3, 2, 0};
  EXPECT_EQ(layer.schedule()->filter_positions(0), std::vector<std::int64_t>({0, 1, 2, 3, 4, 5, 6, 7, 8}));
  store_one_an_edge(layer);
  EXPECT_EQ(layer.schedule()->filter_positions(0), std::vector<std::int64_t>({0, 2, 6, 8, 1, 7, 3, 5, 4}));
  EXPECT_EQ(both_levels(layer).ofmap, layer.expected());
}

TEST(CartesianWeights, OfFcLayersAndOfCodesThatAreWorthZeroComeThroughTheStoreToo) {
  CartesianLayer layer(2, 2);
  layer.shape = {2, 5, 3, 1, 2, 2, 2, 2, 1, 0};
  layer.weight_bits = 4;
  layer.zero_code_is_zero = false;
  store_one_an_edge(layer);
  layer.chip.mac.kind = "codebook_lookup";
  both_levels(layer);
  layer.chip.mac.kind = "bit_parallel";
  layer.chip.weight_memory.look_up = "decoder";
  EXPECT_GT(both_levels(layer).counts.at("codebook.read"), 0);
}

TEST(CartesianWeights, ThatTheStoreCannotHoldAreRefused) {
  CartesianLayer layer = one_pe(2);
  store_one_an_edge(layer);
  layer.map().m = layer.map().k = layer.map().e = 2;
  layer.chip.weight_memory.store_words = 4;
  EXPECT_EQ(both_levels(layer).ofmap, layer.expected());
  layer.chip.weight_memory.store_words = 3;
  EXPECT_EQ(error_of([&] { layer.check(); }),
            "filter words of a pass, decoded = 4 words, but /chip/weight_memory/store_words gives 3");
  layer.mapping = nullptr;  // the default mapping finds groups that fit
  EXPECT_EQ(both_levels(layer).ofmap, layer.expected());
}

}  // namespace
}  // namespace lacuna::test

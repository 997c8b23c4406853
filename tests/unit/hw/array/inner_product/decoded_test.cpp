// SPDX-License-Identifier: Apache-2.0
// Filters that come through a tile store: edges beside the arithmetic that gives them, at both levels, and words. A
// pass that begins at edge s has weight k (from 1 on) written at s + k + 1, and reads a tile of K weights from s + K +
// 2 on.
#include <gtest/gtest.h>

#include "tests/support/inner_product_layer.hpp"
#include "tests/support/stored_filters.hpp"

namespace lacuna::test {
namespace {

/// 1 x 1 filters on four channels, for two windows, filters and lanes: a pallet of two pixels takes 2 steps of an edge.
InnerProductLayer four_channels(std::int64_t filters, std::int64_t pixels) {
  InnerProductLayer layer(2, 2, 2);
  layer.shape = {1, filters, 4, 1, 1, pixels, 1, 1, 1, 0};
  layer.chip.dram_link.clock_khz = 10'000'000;  // 50 words a cycle of 200 MHz
  return layer;
}

TEST(InnerProductFilters, OfAPassAreThereTwoEdgesAfterTheLastIsMade) {
  // 2 filters x 4 channels: 8 weights are written at s + 2 to s + 9; 2 pallets of 2 steps from s + 10 on.
  const LayerRun run = both_levels(one_weight_an_edge(four_channels(2, 3)));
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
  const LayerRun run = both_levels(one_weight_an_edge(four_channels(3, 3)));
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
  const LayerRun run = both_levels(one_weight_an_edge(layer));
  const PassRecord& pass = run.passes.at(0);
  EXPECT_EQ(pass.filters_sent, pass.start + 6);
  EXPECT_EQ(pass.end, pass.start + 7 + 8 + 2 - 1);
  EXPECT_EQ(run.counts.at("tile_store.read"), 5);
  for (const PeActivity& pe : run.activity.pes) {
    EXPECT_EQ(pe.stalls.at(4), pe.column == 0 ? 7 : 0) << pe.row;  // without a filter it waits for nothing
  }
}

TEST(InnerProductFilters, OfATileThatStaysAreNotDecodedAgain) {
  expect_a_tile_that_stays_is_decoded_once(one_weight_an_edge(four_channels(2, 3)), 2 * 2);  // pallets x steps
}

TEST(InnerProductFilters, OfTheNextTileComeOverTheLinkWhileTheUnitsWork) {
  expect_streams_leave_the_banks_sooner_than_words(four_channels(4, 60));
}

TEST(InnerProductFilters, AreLookedUpBeforeTheStoreWhateverCode0IsWorth) {
  expect_look_up_before_the_store(one_weight_an_edge(four_channels(3, 3)));
}

TEST(InnerProductFilters, ThatTheStoreCannotHoldAreRefused) {
  expect_a_store_too_small_is_refused(one_weight_an_edge(four_channels(2, 3)));
}

}  // namespace
}  // namespace lacuna::test

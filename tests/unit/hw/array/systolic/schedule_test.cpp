// SPDX-License-Identifier: Apache-2.0
#include "hw/array/systolic/schedule.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "tests/support/random_case.hpp"
#include "tests/support/systolic_layer.hpp"

namespace lacuna::test {
namespace {

std::vector<std::int64_t> box(const SystolicPass& p) { return {p.tap, p.taps, p.filter, p.filters, p.pixel, p.pixels}; }

/// 3 filters of 2 channels of 1 x 2 taps: K = 4; 1 x 5 ofmap: P = 5. Array 2 x 2, the whole layer in the buffer.
SystolicSchedule small_schedule(const std::string& dataflow) {
  SystolicLayer layer(2, 2, dataflow);
  layer.shape = {1, 3, 2, 1, 1, 6, 1, 2, 1, 0};
  SystolicMapping map;
  map.m = 3;
  map.c = 2;
  return {layer.context(), map};
}

std::vector<std::vector<std::int64_t>> boxes(const SystolicSchedule& schedule) {
  std::vector<std::vector<std::int64_t>> all;
  for (const SystolicPass& pass : schedule.pass_list) all.push_back(box(pass));
  return all;
}

TEST(SystolicSchedule, FoldsPixelsOntoRowsAndFiltersOntoColumnsWherePsumsStay) {
  // filters 0 1 with pixels 0 1, 2 3, 4; then filter 2
  EXPECT_EQ(boxes(small_schedule("output_stationary")),
            (std::vector<std::vector<std::int64_t>>{{0, 4, 0, 2, 0, 2},
                                                    {0, 4, 0, 2, 2, 2},
                                                    {0, 4, 0, 2, 4, 1},
                                                    {0, 4, 2, 1, 0, 2},
                                                    {0, 4, 2, 1, 2, 2},
                                                    {0, 4, 2, 1, 4, 1}}));
}

TEST(SystolicSchedule, FoldsTapsOntoRowsAndFiltersOntoColumnsWhereWeightsStay) {
  EXPECT_EQ(boxes(small_schedule("weight_stationary")),
            (std::vector<std::vector<std::int64_t>>{
                {0, 2, 0, 2, 0, 5}, {2, 2, 0, 2, 0, 5}, {0, 2, 2, 1, 0, 5}, {2, 2, 2, 1, 0, 5}}));
}

TEST(SystolicSchedule, FoldsTapsOntoRowsAndPixelsOntoColumnsWhereActivationsStay) {
  EXPECT_EQ(boxes(small_schedule("input_stationary")), (std::vector<std::vector<std::int64_t>>{{0, 2, 0, 3, 0, 2},
                                                                                               {0, 2, 0, 3, 2, 2},
                                                                                               {0, 2, 0, 3, 4, 1},
                                                                                               {2, 2, 0, 3, 0, 2},
                                                                                               {2, 2, 0, 3, 2, 2},
                                                                                               {2, 2, 0, 3, 4, 1}}));
}

TEST(SystolicSchedule, PsumsStartFromZeroInTheFirstTapsAlone) {
  for (const SystolicPass& pass : small_schedule("weight_stationary").pass_list) {
    EXPECT_EQ(pass.first_taps, pass.tap == 0);
  }
}

TEST(SystolicSchedule, FetchesAFilterTileOnceAndReadsItInEveryFoldThatItStaysFor) {
  const SystolicSchedule schedule = small_schedule("output_stationary");
  const auto fills = std::count_if(schedule.transfers.begin(), schedule.transfers.end(),
                                   [](const Transfer& t) { return t.kind == TransferKind::fill_filter; });
  EXPECT_EQ(fills, 2);                                              // filters 0 and 1, then filter 2
  EXPECT_EQ(schedule.filter_reads, 3 * (8 + 4));                    // 3 folds of pixels each
  EXPECT_EQ(small_schedule("weight_stationary").filter_reads, 12);  // every word once
}

TEST(SystolicSchedule, FilterWordsLieTapByTap) {
  // The fold of taps 2 and 3 and filters 0 and 1: position = 4 m + tap.
  EXPECT_EQ(small_schedule("weight_stationary").filter_positions(1), std::vector<std::int64_t>({2, 6, 3, 7}));
}

TEST(SystolicSchedule, TakesOnlyTheWordsThatWindowsRead) {
  SystolicLayer layer(2, 2, "weight_stationary");
  layer.shape = {1, 1, 1, 1, 3, 3, 1, 1, 2, 0};  // 1 x 1 with stride 2: E = F = 2
  SystolicMapping map;
  map.e = 2;
  const SystolicSchedule wide(layer.context(), map);
  EXPECT_EQ(wide.ifmap_tiles.front().rows, 3);  // (2 - 1) 2 + 1, the one between included
  std::vector<std::int64_t> addresses;
  for (std::int64_t pixel = 0; pixel < 4; ++pixel) {
    addresses.push_back(wide.ifmap_address(wide.pass_list.front(), 0, pixel));
  }
  EXPECT_EQ(addresses, std::vector<std::int64_t>({0, 2, 6, 8}));  // the corners of 3 x 3

  layer.shape = {1, 1, 1, 1, 3, 4, 2, 2, 1, 0, 2};  // 2 x 2, dilation 2: E = 1, F = 2
  map.e = 1;
  const SystolicSchedule dilated(layer.context(), map);
  addresses.clear();
  for (std::int64_t tap = 0; tap < 4; ++tap) {
    addresses.push_back(dilated.ifmap_address(dilated.pass_list.front(), tap, 1));
  }
  EXPECT_EQ(addresses, std::vector<std::int64_t>({1, 3, 9, 11}));  // rows 0 and 2 of 4 words, columns 1 and 3
}

TEST(SystolicSchedule, AFoldOverlapsTheOneBeforeWhereItNeedsNoNewIfmapTile) {
  SystolicLayer layer(2, 2, "weight_stationary");
  layer.shape = {1, 2, 2, 1, 1, 6, 1, 2, 1, 0};
  SystolicMapping map;
  map.m = 2;
  map.c = 1;  // two channel tiles of 2 taps, one fold each
  layer.array().double_buffered = true;
  const SystolicSchedule by_channel(layer.context(), map);
  ASSERT_EQ(by_channel.passes, 2);
  EXPECT_FALSE(by_channel.pass_list[0].overlaps);
  EXPECT_FALSE(by_channel.pass_list[1].overlaps);
  map.c = 2;
  const SystolicSchedule whole(layer.context(), map);
  ASSERT_EQ(whole.passes, 2);
  EXPECT_FALSE(whole.pass_list[0].overlaps);
  EXPECT_TRUE(whole.pass_list[1].overlaps);
  layer.array().double_buffered = false;
  EXPECT_FALSE(SystolicSchedule(layer.context(), map).pass_list[1].overlaps);
}

TEST(SystolicSchedule, CoversThePesThatHoldARealWord) {
  // 2 x 2 PEs: 5 pixels and 3 filters fill them; 1 filter leaves a column empty; 1 tap leaves a row of filler.
  EXPECT_EQ(small_schedule("output_stationary").active_pes, 4);
  SystolicLayer layer(2, 2, "weight_stationary");
  layer.shape = {1, 1, 2, 1, 1, 6, 1, 2, 1, 0};
  EXPECT_EQ(SystolicSchedule(layer.context(), {}).active_pes, 2);
  layer.shape = {1, 2, 1, 1, 1, 6, 1, 1, 1, 0};
  SystolicMapping map;
  map.m = 2;
  EXPECT_EQ(SystolicSchedule(layer.context(), map).active_pes, 2);
}

/// Counts how often the folds of a schedule make each product of the layer: once.
void expect_every_product_once(const SystolicSchedule& schedule) {
  const LayerShape& shape = schedule.shape();
  const std::int64_t taps = shape.C * shape.R * shape.S;
  std::vector<int> made(static_cast<std::size_t>(shape.macs()), 0);
  for (const SystolicPass& pass : schedule.pass_list) {
    const FeatureTile& tile = schedule.ofmap_tile(pass);
    const std::int64_t plane = tile.rows * tile.columns;
    for (std::int64_t filter = 0; filter < pass.filters; ++filter) {
      for (std::int64_t pixel = pass.pixel; pixel < pass.pixel + pass.pixels; ++pixel) {
        const std::int64_t image = tile.image + pixel / plane;
        const std::int64_t row = tile.row + pixel % plane / tile.columns;
        const std::int64_t word =
            ((image * shape.M + schedule.first_filter(pass) + filter) * shape.E() + row) * shape.F() +
            pixel % tile.columns;
        for (std::int64_t tap = pass.tap; tap < pass.tap + pass.taps; ++tap) {
          ++made.at(static_cast<std::size_t>(word * taps + tap));
        }
      }
    }
  }
  ASSERT_EQ(std::count(made.begin(), made.end(), 1), shape.macs());
}

TEST(SystolicSchedule, OfRandomLayersMakesEveryProductOnceAndFetchesNoTileThatIsThere) {
  for (std::int64_t seed = 0; seed < 300; ++seed) {
    const LayerCase layer = random_case(seed, "systolic");
    SCOPED_TRACE(to_json(layer));
    const auto schedule = layer.schedule();
    expect_every_product_once(static_cast<const SystolicSchedule&>(*schedule));
    std::int64_t last[2] = {-1, -1};
    for (const Transfer& transfer : schedule->transfers) {
      if (transfer.kind == TransferKind::drain_ofmap) continue;
      std::int64_t& before = last[transfer.kind == TransferKind::fill_filter ? 0 : 1];
      ASSERT_NE(transfer.tile, before);
      before = transfer.tile;
    }
    if (HasFatalFailure()) return;
  }
}

TEST(SystolicSchedule, AddsTheProductsOfAnOfmapWordInTheOrderOfTheTaps) {
  for (const char* dataflow : {"output_stationary", "weight_stationary", "input_stationary"}) {
    EXPECT_EQ(small_schedule(dataflow).accumulation_order(), AccumulationOrder({{0, 1, 2, 3}})) << dataflow;
  }
}

}  // namespace
}  // namespace lacuna::test

// SPDX-License-Identifier: Apache-2.0
#include "hw/array/row_stationary/schedule.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "tests/support/random_case.hpp"

namespace lacuna::test {
namespace {

/// A conv layer of AlexNet at batch 4 under Eyeriss's mapping (JSSC 52(1), 2017, Table III) and what must come out.
struct AlexNetLayer {
  const char* name;
  LayerShape shape;
  std::vector<std::int64_t> map;  ///< m n e p q r t
  std::int64_t passes;
  std::int64_t active_pes;
  std::int64_t m_tiles;     ///< M / G / m
  std::int64_t strips;      ///< E / e
  std::int64_t ifmap_rows;  ///< rows of all strips together
};

std::vector<AlexNetLayer> alexnet() {
  return {
      // passes = batches ceil(4/n) x groups x filter tiles of a group x channel tiles x strips
      // 4 x 1 x 96/32 x 3 x 8; seven strips of 6 x 4 + 11 = 35 rows and one of 5 x 4 + 11 = 31
      {"conv1", {4, 96, 3, 1, 227, 227, 11, 11, 4, 0}, {96, 1, 7, 16, 1, 1, 2}, 288, 154, 1, 8, 276},
      // 4 x 2 x 128/16 x 48/2 x 1; one strip of 26 + 5 rows
      {"conv2", {4, 256, 48, 2, 27, 27, 5, 5, 1, 2}, {64, 1, 27, 16, 2, 1, 1}, 1536, 135, 2, 1, 31},
      // 1 x 1 x 384/64 x 256/4 x 1; one strip of 12 + 3 rows
      {"conv3", {4, 384, 256, 1, 13, 13, 3, 3, 1, 1}, {64, 4, 13, 16, 4, 1, 4}, 384, 156, 6, 1, 15},
      // 1 x 2 x 192/32 x 192/6 x 1
      {"conv4", {4, 384, 192, 2, 13, 13, 3, 3, 1, 1}, {64, 4, 13, 16, 3, 2, 2}, 384, 156, 3, 1, 15},
      // 1 x 2 x 128/32 x 192/6 x 1
      {"conv5", {4, 256, 192, 2, 13, 13, 3, 3, 1, 1}, {64, 4, 13, 16, 3, 2, 2}, 256, 156, 2, 1, 15},
  };
}

RowStationarySchedule schedule_of(const AlexNetLayer& layer, const RowStationaryConfig& array) {
  MappingContext context;
  context.array = &array;
  context.shape = layer.shape;
  RowStationaryMapping map;
  map.m = layer.map[0];
  map.n = layer.map[1];
  map.e = layer.map[2];
  map.p = layer.map[3];
  map.q = layer.map[4];
  map.r = layer.map[5];
  map.t = layer.map[6];
  return {context, map};
}

struct Traffic {
  std::int64_t filter = 0;
  std::int64_t ifmap = 0;
  std::int64_t ofmap = 0;
};

/// Words that the transfers of a schedule move, uncompressed.
Traffic traffic_of(const LayerSchedule& schedule) {
  Traffic words;
  for (const Transfer& transfer : schedule.transfers) {
    const auto tile = static_cast<std::size_t>(transfer.tile);
    if (transfer.kind == TransferKind::fill_filter)
      words.filter += static_cast<std::int64_t>(schedule.filter_positions(transfer.tile).size());
    if (transfer.kind == TransferKind::fill_ifmap) words.ifmap += schedule.ifmap_tiles[tile].words();
    if (transfer.kind == TransferKind::drain_ofmap) words.ofmap += schedule.ofmap_tiles[tile].words();
  }
  return words;
}

TEST(RowStationarySchedule, CutsAlexNetIntoThePassesAndActivePesOfEyeriss) {
  const RowStationaryConfig array;
  for (const AlexNetLayer& layer : alexnet()) {
    const RowStationarySchedule schedule = schedule_of(layer, array);
    EXPECT_EQ(schedule.passes, layer.passes) << layer.name;
    EXPECT_EQ(schedule.active_pes, layer.active_pes) << layer.name;
  }
}

TEST(RowStationarySchedule, MovesTheDramWordsOfTheClosedForms) {
  const RowStationaryConfig array;
  for (const AlexNetLayer& layer : alexnet()) {
    const Traffic words = traffic_of(schedule_of(layer, array));
    const LayerShape& s = layer.shape;
    const std::int64_t batches = ceil_div(s.N, layer.map[1]);
    EXPECT_EQ(words.filter, s.M * s.C * s.R * s.S * layer.strips * batches) << layer.name;
    EXPECT_EQ(words.ifmap, s.N * s.G * s.C * layer.ifmap_rows * s.padded_width() * layer.m_tiles) << layer.name;
    EXPECT_EQ(words.ofmap, s.N * s.M * s.E() * s.F()) << layer.name;
  }
}

TEST(RowStationarySchedule, OfAlexNetNeedsNoMoreBufferThanEyerissHas) {
  const RowStationaryConfig array;
  for (const AlexNetLayer& layer : alexnet()) {
    const RowStationarySchedule schedule = schedule_of(layer, array);
    // 25 banks of 4 kB, each wholly ifmap or psum; 8 kB of filters; 2 bytes a word.
    EXPECT_LE(ceil_div(2 * schedule.ifmap_words, 4096) + ceil_div(2 * schedule.psum_words, 4096), 25) << layer.name;
    EXPECT_LE(2 * schedule.filter_words, 8192) << layer.name;
  }
}

TEST(RowStationarySchedule, TheShortLastStripOfConv1HasSixRows) {
  const RowStationaryConfig array;
  const RowStationarySchedule schedule = schedule_of(alexnet()[0], array);
  EXPECT_EQ(schedule.pass_list.front().ev, 7);
  EXPECT_EQ(schedule.pass_list.back().ev, 6);  // 55 - 7 x 7
  EXPECT_EQ(schedule.ifmap_tiles.front().rows, 35);
  EXPECT_EQ(schedule.ifmap_tiles.back().rows, 31);
  EXPECT_EQ(schedule.ifmap_tiles.back().row, 4 * 49);
}

TEST(RowStationarySchedule, RemainderTilesShrinkPAndQForAllPesAlike) {
  const RowStationaryConfig array;
  // 9 filters in tiles of p t = 6: 6, then 3 on t = 2 sets: p = 2. 5 channels in tiles of q r = 4: 4, then 1: q = 1.
  const AlexNetLayer layer{"", {3, 9, 5, 1, 6, 6, 3, 3, 1, 0}, {9, 2, 4, 3, 2, 2, 2}, 8, 48, 1, 1, 6};
  const RowStationarySchedule schedule = schedule_of(layer, array);
  ASSERT_EQ(schedule.passes, 8);  // 2 batches x 2 channel tiles x 2 filter tiles
  const std::vector<std::vector<std::int64_t>> expected = {
      // p q n filters channels filter_in_tile first_channels
      {3, 2, 2, 6, 4, 0, 1}, {2, 2, 2, 3, 4, 6, 1}, {3, 1, 2, 6, 1, 0, 0}, {2, 1, 2, 3, 1, 6, 0},
      {3, 2, 1, 6, 4, 0, 1}, {2, 2, 1, 3, 4, 6, 1}, {3, 1, 1, 6, 1, 0, 0}, {2, 1, 1, 3, 1, 6, 0}};
  for (std::size_t k = 0; k < expected.size(); ++k) {
    const RowStationaryPass& p = schedule.pass_list[k];
    EXPECT_EQ(
        std::vector<std::int64_t>({p.p, p.q, p.n, p.filters, p.channels, p.filter_in_tile, p.first_channels ? 1 : 0}),
        expected[k])
        << "pass " << k;
    EXPECT_EQ(p.tile_filters, 9);
  }
  EXPECT_EQ(schedule.filter_tiles, 4);
  EXPECT_EQ(schedule.pass_list[4].filter_tile, 0);  // the second batch reads the same filters again
}

TEST(RowStationarySchedule, FilterWordsLieInTheOrderInWhichTheBusSendsThem) {
  const RowStationaryConfig array;
  // 2 filters of 1 x 2 taps and 2 channels: p = 1, q = 2, t = 2. Position = (m 2 + c) 2 + s.
  const AlexNetLayer layer{"", {1, 2, 2, 1, 1, 4, 1, 2, 1, 0}, {2, 1, 1, 1, 2, 1, 2}, 1, 2, 1, 1, 1};
  // Set, filter, then tap s q + c: (s 0, c 0), (s 0, c 1), (s 1, c 0), (s 1, c 1).
  EXPECT_EQ(schedule_of(layer, array).filter_positions(0), std::vector<std::int64_t>({0, 2, 1, 3, 4, 6, 5, 7}));
}

TEST(RowStationarySchedule, ConsecutivePassesOnOneIfmapTileFetchItOnce) {
  const RowStationaryConfig array;
  // One channel tile, one strip, two m tiles of 4: 2 passes, one ifmap fill.
  const AlexNetLayer layer{"", {1, 8, 2, 1, 5, 5, 3, 3, 1, 0}, {4, 1, 3, 4, 2, 1, 1}, 2, 9, 2, 1, 5};
  const RowStationarySchedule schedule = schedule_of(layer, array);
  EXPECT_EQ(schedule.passes, 2);
  EXPECT_EQ(traffic_of(schedule).ifmap, 2 * 5 * 5);
}

TEST(RowStationarySchedule, OrdersTransfersFilterThenDrainThenIfmapAndSaysWhatEachWaitsFor) {
  const RowStationaryConfig array;
  // 2 strips of 2 rows, one pass each.
  const AlexNetLayer layer{"", {1, 2, 1, 1, 6, 6, 3, 3, 1, 0}, {2, 1, 2, 2, 1, 1, 1}, 2, 6, 1, 2, 8};
  const RowStationarySchedule schedule = schedule_of(layer, array);
  struct Expected {
    TransferKind kind;
    std::int64_t tile;
    PassEvent after;
    std::int64_t pass;
  };
  const std::vector<Expected> expected = {
      {TransferKind::fill_filter, 0, PassEvent::none, -1},        {TransferKind::fill_ifmap, 0, PassEvent::none, 0},
      {TransferKind::fill_filter, 0, PassEvent::filters_sent, 0}, {TransferKind::drain_ofmap, 0, PassEvent::ended, 0},
      {TransferKind::fill_ifmap, 1, PassEvent::ready, 1},         {TransferKind::drain_ofmap, 1, PassEvent::ended, 1}};
  ASSERT_EQ(schedule.transfers.size(), expected.size());
  for (std::size_t k = 0; k < expected.size(); ++k) {
    EXPECT_EQ(schedule.transfers[k].kind, expected[k].kind) << "transfer " << k;
    EXPECT_EQ(schedule.transfers[k].tile, expected[k].tile) << "transfer " << k;
    EXPECT_EQ(schedule.transfers[k].after, expected[k].after) << "transfer " << k;
    if (expected[k].after == PassEvent::none) continue;
    EXPECT_EQ(schedule.transfers[k].after_pass, expected[k].pass) << "transfer " << k;
  }
  EXPECT_EQ(schedule.transfers_before, std::vector<std::int64_t>({2, 5}));
}

/// Everything that a schedule of any layer must keep.
void check_schedule(const LayerSchedule& schedule, const LayerShape& shape) {
  std::vector<std::int64_t> filters(static_cast<std::size_t>(shape.filter_words()), 0);
  for (std::int64_t tile = 0; tile < schedule.filter_tiles; ++tile) {
    const std::vector<std::int64_t> positions = schedule.filter_positions(tile);
    ASSERT_LE(static_cast<std::int64_t>(positions.size()), schedule.filter_words);
    for (const std::int64_t position : positions) ++filters.at(static_cast<std::size_t>(position));
  }
  ASSERT_EQ(std::count(filters.begin(), filters.end(), 1), shape.filter_words()) << "a filter word is not in one tile";

  std::vector<std::int64_t> ofmap(static_cast<std::size_t>(shape.N * shape.ofmap_words()), 0);
  for (const Transfer& transfer : schedule.transfers) {
    if (transfer.kind != TransferKind::drain_ofmap) continue;
    const FeatureTile& tile = schedule.ofmap_tiles[static_cast<std::size_t>(transfer.tile)];
    ASSERT_LE(tile.words(), schedule.psum_words);
    for (std::int64_t k = 0; k < tile.words(); ++k) {
      const std::int64_t image = tile.image + k / tile.words_per_image();
      const std::int64_t channel = tile.channel + k / (tile.rows * tile.columns) % tile.channels;
      const std::int64_t row = tile.row + k / tile.columns % tile.rows;
      ++ofmap.at(
          static_cast<std::size_t>(((image * shape.M + channel) * shape.E() + row) * shape.F() + k % tile.columns));
    }
  }
  ASSERT_EQ(std::count(ofmap.begin(), ofmap.end(), 1), shape.N * shape.ofmap_words()) << "ofmap not covered once";

  ASSERT_EQ(static_cast<std::int64_t>(schedule.transfers_before.size()), schedule.passes);
  ASSERT_TRUE(std::is_sorted(schedule.transfers_before.begin(), schedule.transfers_before.end()));
  ASSERT_EQ(schedule.transfers_before.back() + 1, static_cast<std::int64_t>(schedule.transfers.size()));
  for (const FeatureTile& tile : schedule.ifmap_tiles) {
    ASSERT_LE(tile.words(), schedule.ifmap_words);
    ASSERT_TRUE(tile.row >= 0 && tile.row + tile.rows <= shape.padded_height() &&
                tile.columns == shape.padded_width() && tile.channel + tile.channels <= shape.G * shape.C &&
                tile.image + tile.images <= shape.N);
  }
}

TEST(RowStationarySchedule, OfRandomLayersCoversEveryFilterAndOfmapWordOnceInMonotoneTransfers) {
  for (std::int64_t seed = 0; seed < 400; ++seed) {
    const LayerCase layer = random_case(seed, "row_stationary");
    SCOPED_TRACE(to_json(layer));
    check_schedule(*layer.schedule(), layer.shape);
    if (HasFatalFailure()) return;
  }
}

TEST(RowStationarySchedule, AddsTheProductsOfAnOfmapWordOnceEachFromTheBottomOfTheChainUp) {
  const RowStationaryConfig array;
  // 1 channel, 2 x 2 taps: the bottom PE has row 1 (taps 2, 3), the top one row 0.
  const AlexNetLayer layer{"", {1, 1, 1, 1, 2, 2, 2, 2, 1, 0}, {1, 1, 1, 1, 1, 1, 1}, 1, 2, 1, 1, 2};
  EXPECT_EQ(schedule_of(layer, array).accumulation_order(), std::vector<std::vector<std::int64_t>>({{2, 3}, {0, 1}}));
  for (std::int64_t seed = 0; seed < 100; ++seed) {
    const LayerCase random = random_case(seed, "row_stationary");
    std::vector<std::int64_t> taps;
    for (const auto& segment : random.schedule()->accumulation_order()) {
      taps.insert(taps.end(), segment.begin(), segment.end());
    }
    std::sort(taps.begin(), taps.end());
    std::vector<std::int64_t> all(static_cast<std::size_t>(random.shape.C * random.shape.R * random.shape.S));
    std::iota(all.begin(), all.end(), 0);
    ASSERT_EQ(taps, all) << to_json(random);
  }
}

}  // namespace
}  // namespace lacuna::test

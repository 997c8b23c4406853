// SPDX-License-Identifier: Apache-2.0
// Edges of passes, derived by hand, at both levels.
#include <gtest/gtest.h>

#include "hw/base/error.hpp"
#include "tests/support/dual_csc_layer.hpp"

namespace lacuna::test {
namespace {

/// 4 ofmap channels, 2 taps, 3 windows, no zeros, one PE with 2 MACs: a window is 2 columns of 2 cycles.
DualCscLayer dense_layer() {
  DualCscLayer layer(4, 2, 3);
  layer.zero_percent = layer.weight_zero_percent = 0;
  layer.map_whole();
  return layer;
}

std::int64_t pass_edges(const DualCscLayer& layer, const DualCscLayer::Words& words) {
  const std::vector<LayerRun> runs = layer.run_on(words);
  const auto edges = [](const LayerRun& run) { return run.passes[0].end - run.passes[0].start + 1; };
  EXPECT_EQ(edges(runs[0]), edges(runs[1]));
  return edges(runs[0]);
}

TEST(DualCscTiming, APassIsWeightsThenWindowsThenTheLastPsums) {
  DualCscLayer layer = dense_layer();
  const DualCscLayer::Words words = layer.words();
  // 3 addresses, three an edge: 1; 4 words: 4. First window: 4 psums, two an edge: 2. Windows: 3 x 4. Last psums: 2.
  EXPECT_EQ(pass_edges(layer, words), 1 + 4 + 2 + 3 * 4 + 2);
  layer.array().weight_words_per_cycle = 3;
  EXPECT_EQ(pass_edges(layer, words), 1 + 2 + 2 + 3 * 4 + 2);
  layer.array().weight_addresses_per_cycle = 2;
  EXPECT_EQ(pass_edges(layer, words), 2 + 2 + 2 + 3 * 4 + 2);
  // One buffer: each window waits for its words.
  layer.array().double_buffer = false;
  EXPECT_EQ(pass_edges(layer, words), 2 + 2 + 3 * (2 + 4) + 2);
}

TEST(DualCscTiming, PortsThatAreSlowerThanTheWalkSetThePace) {
  DualCscLayer layer = dense_layer();
  const DualCscLayer::Words words = layer.words();
  layer.array().psums_per_cycle = 1;  // a window comes in 4 edges, as long as it is worked on
  EXPECT_EQ(pass_edges(layer, words), 5 + 4 + 3 * 4 + 4);
  layer.array().macs = 1;  // and now it is worked on for 8
  EXPECT_EQ(pass_edges(layer, words), 5 + 4 + 3 * 8 + 4);
}

TEST(DualCscTiming, WindowsAndColumnsWithoutWorkTakeNoCycleUnlessTheyAreToldTo) {
  DualCscLayer layer = dense_layer();
  DualCscLayer::Words words = layer.words();
  words.ifmaps[0] = {0, 0, 0, 5, 0, 0};  // one activation, in the first window, under the second tap
  // Three windows come, 2 edges each; the first is worked on for 2 while the second comes, the last is passed over at
  // the edge after it has come.
  EXPECT_EQ(pass_edges(layer, words), 5 + 3 * 2 + 1 + 2);
  layer.array().empty_column_cycles = 2;  // a window: 2 taps x 2, or 2 + 2
  EXPECT_EQ(pass_edges(layer, words), 5 + 2 + 3 * 4 + 2);
  for (const LayerRun& run : layer.run_on(words)) {
    EXPECT_EQ(run.stall_cycles.at("empty_column"), 2 * (2 + 4 + 4)) << "of both MACs";
  }
}

TEST(DualCscTiming, APassEndsWithTheSlowestPe) {
  DualCscLayer layer(4, 1, 4);
  layer.array().pe_count = 2;
  layer.array().psums_per_cycle = 2;
  layer.map_whole();
  DualCscLayer::Words words = layer.zeros();
  words.ifmaps[0] = {1, 1, 1, 1};
  words.filters = {7, 0, 7, 0};  // PE 0 has rows 0 and 2: two weights of a column; PE 1 has none
  layer.array().macs = 1;
  // A PE at a time: 2 addresses in an edge each, and a word for PE 0. A window comes in an edge, and takes PE 0 two.
  EXPECT_EQ(pass_edges(layer, words), 1 + 1 + 1 + 1 + 4 * 2 + 1);
  for (const LayerRun& run : layer.run_on(words)) {
    EXPECT_EQ(run.activity.pes[0].performed, 8);
    EXPECT_EQ(run.activity.pes[1].performed, 0);
    EXPECT_EQ(run.macs_skipped, 8);
    // The last window comes at edge 8, when PE 0 is done with the one two before; PE 1 sees it at 9, and waits up
    // to 12.
    EXPECT_EQ(run.activity.pes[1].stalls, (std::vector<std::int64_t>{0, 0, 7, 3, 3, run.stall_cycles.at("link") / 2}));
  }
}

TEST(DualCscTiming, APeWithoutOfmapChannelsIsIdle) {
  DualCscLayer layer(3, 2, 3);
  layer.array().pe_count = 5;
  layer.zero_percent = layer.weight_zero_percent = 0;
  for (const LayerRun& run : layer.run_on(layer.words())) {
    EXPECT_EQ(run.active_pes, 2 * 3);
    for (const PeActivity& mac : run.activity.pes) {
      EXPECT_EQ(mac.idle, mac.column < 3 ? 0 : run.array_cycles);
    }
  }
}

TEST(DualCscTiming, WeightsThatStayAreNotLoadedAgain) {
  DualCscLayer layer(4, 2, 3);
  layer.shape.H = 2;
  layer.zero_percent = layer.weight_zero_percent = 0;
  layer.map_whole();
  layer.map().e = 1;  // two strips, one filter tile
  for (const LayerRun& run : layer.run_on(layer.words())) {
    ASSERT_EQ(run.passes.size(), 2U);
    EXPECT_EQ(run.passes[0].end - run.passes[0].start + 1, 5 + 2 + 3 * 4 + 2);
    EXPECT_EQ(run.passes[1].end - run.passes[1].start + 1, 2 + 3 * 4 + 2);
    EXPECT_EQ(run.counts.at("weight_spad.write"), 4);
    EXPECT_EQ(run.counts.at("weight_address.write"), 3);
  }
}

}  // namespace
}  // namespace lacuna::test

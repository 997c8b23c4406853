// SPDX-License-Identifier: Apache-2.0
// How long passes take: what the rules imply, whatever the words are.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/cartesian_layer.hpp"
#include "tests/support/dice.hpp"

namespace lacuna::test {
namespace {

/// A small layer on a small array that takes all of it in one pass for each image.
CartesianLayer drawn_layer(Dice& dice) {
  CartesianLayer layer(dice.draw(1, 3), dice.draw(1, 3));
  layer.array().filter_lanes = dice.draw(1, 4);
  layer.array().ifmap_lanes = dice.draw(1, 4);
  layer.array().bank_model = "ideal";
  layer.array().fillers_take_slots = false;
  layer.shape = {dice.draw(1, 2), dice.draw(1, 9), dice.draw(1, 5), 1, 6, 7, dice.draw(1, 3),
                 dice.draw(1, 3), dice.draw(1, 2), dice.draw(0, 2)};
  layer.map().m = layer.map().k = layer.shape.M;
  layer.map().e = 64;
  layer.zero_percent = dice.pick<std::int64_t>({0, 40, 80, 100});
  layer.weight_zero_percent = dice.pick<std::int64_t>({0, 40, 80, 100});
  layer.seed = dice.draw(1, 1000);
  return layer;
}

/// The rule from the words themselves: of each PE the sum over channels and phases of ceil(activations / I) x
/// ceil(weights / F).
std::int64_t slowest_pe(CartesianLayer& layer, const LayerCase::Words& words, std::int64_t image) {
  const LayerShape& s = layer.shape;
  const CartesianConfig& array = layer.array();
  const std::int64_t high = ceil_div((s.E() - 1) * s.U + s.R, array.rows);
  const std::int64_t wide = ceil_div(s.padded_width(), array.columns);
  std::int64_t slowest = 0;
  for (std::int64_t pe = 0; pe < array.rows * array.columns; ++pe) {
    std::int64_t steps = 0;
    for (std::int64_t part = 0; part < s.C * s.U * s.U; ++part) {
      const std::int64_t c = part / (s.U * s.U);
      const std::int64_t a = part / s.U % s.U;
      const std::int64_t b = part % s.U;
      std::int64_t activations = 0;
      std::int64_t weights = 0;
      for (std::int64_t i = 0; i < s.H * s.W; ++i) {
        const std::int64_t row = i / s.W + s.P;
        const std::int64_t column = i % s.W + s.P;
        const bool own = row / high == pe / array.columns && column / wide == pe % array.columns;
        const bool reaches = row < (s.E() - 1) * s.U + s.R;
        if (!own || !reaches || row % s.U != a || column % s.U != b) continue;
        const auto place = static_cast<std::size_t>(c * s.H * s.W + i);
        activations += words.ifmaps[static_cast<std::size_t>(image)][place] != 0 ? 1 : 0;
      }
      for (std::int64_t i = 0; i < s.M * s.R * s.S; ++i) {
        const std::int64_t k = i / (s.R * s.S);
        const std::int64_t tap = i % (s.R * s.S);
        if (tap / s.S % s.U != a || tap % s.S % s.U != b) continue;
        weights += words.filters[static_cast<std::size_t>((k * s.C + c) * s.R * s.S + tap)] != 0 ? 1 : 0;
      }
      steps += ceil_div(activations, array.ifmap_lanes) * ceil_div(weights, array.filter_lanes);
    }
    slowest = std::max(slowest, steps);
  }
  return std::max<std::int64_t>(slowest, 1);
}

std::vector<std::int64_t> computed(const LayerRun& run) {
  std::vector<std::int64_t> edges;
  for (const PassRecord& pass : run.passes) edges.push_back(pass.filters_sent - pass.start + 1);
  return edges;
}

TEST(CartesianTiming, IsThatOfTheSlowestPeWhereBanksHaveNoConflicts) {
  Dice dice(1);
  for (int trial = 0; trial < 150; ++trial) {
    CartesianLayer layer = drawn_layer(dice);
    if (!layer.legal() || is_fc(layer.shape)) continue;
    const LayerCase::Words words = layer.words();
    const std::vector<std::int64_t> edges = computed(layer.run_event());
    for (std::int64_t image = 0; image < layer.shape.N; ++image) {
      ASSERT_EQ(edges.at(static_cast<std::size_t>(image)), slowest_pe(layer, words, image)) << to_json(layer);
    }
  }
}

TEST(CartesianTiming, LiesBetweenItsBounds) {
  Dice dice(2);
  for (int trial = 0; trial < 150; ++trial) {
    CartesianLayer layer = drawn_layer(dice);
    if (!layer.legal()) continue;
    const LayerRun ideal = layer.run_event();
    EXPECT_GE(ideal.processing_cycles, ceil_div(ideal.macs_performed, layer.array().pes())) << to_json(layer);
    layer.array().bank_model = "stall";
    const LayerRun stalls = layer.run_event();
    const std::int64_t most = layer.array().filter_lanes * layer.array().ifmap_lanes;
    for (std::size_t pass = 0; pass < computed(ideal).size(); ++pass) {
      EXPECT_GE(computed(stalls)[pass], computed(ideal)[pass]) << to_json(layer);
      EXPECT_LE(computed(stalls)[pass], computed(ideal)[pass] * most) << to_json(layer);
    }
    EXPECT_EQ(stalls.ofmap, ideal.ofmap);
    layer.array().barrier = "channel";
    EXPECT_GE(layer.run_event().processing_cycles, stalls.processing_cycles) << to_json(layer);
  }
}

TEST(CartesianTiming, OfDenseWordsIsThatOfTheDenseTwin) {
  Dice dice(3);
  for (int trial = 0; trial < 100; ++trial) {
    CartesianLayer layer = drawn_layer(dice);
    layer.array().bank_model = dice.pick<std::string>({"stall", "ideal"});
    layer.zero_percent = layer.weight_zero_percent = 0;
    if (!layer.legal()) continue;
    const LayerRun sparse = layer.run_event();
    layer.array().dense = true;
    const LayerRun dense = layer.run_event();
    EXPECT_EQ(sparse.processing_cycles, dense.processing_cycles) << to_json(layer);
    EXPECT_EQ(sparse.macs_performed, dense.macs_performed);
    if (layer.shape.P != 0) continue;
    EXPECT_EQ(dense.macs_performed, layer.shape.macs());
  }
}

TEST(CartesianTiming, FollowsTheRuleOfDrainsFromPassToPass) {
  Dice dice(4);
  for (int trial = 0; trial < 60; ++trial) {
    CartesianLayer layer = drawn_layer(dice);
    layer.shape.M = 8;
    layer.map().m = 8;
    layer.map().k = 3;  // groups of 3, 3, 2
    layer.array().drain_overlap = dice.flip();
    if (!layer.legal() || is_fc(layer.shape)) continue;
    const LayerRun run = layer.run_event();
    const CartesianGrid grid(layer.array().shape(), layer.shape, layer.shape.E());
    for (std::size_t first = 0; first < run.passes.size(); first += 3) {  // those of one image
      const std::int64_t region = grid.largest_region();
      const std::int64_t drains[] = {3 * region, 3 * region, 2 * region};
      const std::vector<std::int64_t> compute = computed(run);
      std::int64_t cycles = 0;
      for (std::size_t g = 0; g < 3; ++g) {
        const std::int64_t before = g == 0 ? 0 : drains[g - 1];
        cycles += layer.array().drain_overlap ? std::max(compute[first + g], before) : compute[first + g] + drains[g];
      }
      if (layer.array().drain_overlap) cycles += drains[2];
      std::int64_t waits = 0;
      for (std::size_t g = 0; g < 3; ++g) waits += run.passes[first + g].link_wait();
      // Sums leave while the link is awaited too.
      const std::int64_t edges = run.passes[first + 2].end - run.passes[first].start_without_link + 1;
      EXPECT_LE(edges, cycles + waits) << to_json(layer);
      EXPECT_GE(edges, cycles) << to_json(layer);
    }
  }
}

TEST(CartesianTiming, OfAnFcLayerIsThatOfItsColumns) {
  // 6 inputs to 2 PEs: 5 _ 7 | 0 3 0 of PE 0 and 1. 5 filters, vectors of 2: 3 steps an input without zeros.
  CartesianLayer layer(1, 2);
  layer.array().filter_lanes = 2;
  layer.shape.C = 6;
  layer.shape.M = layer.map().m = layer.map().k = 5;
  LayerCase::Words words = layer.zeros();
  words.ifmaps[0] = {5, 0, 1, 3, 7, 0};
  words.filters.assign(30, 1);
  const auto [clocked, event] = layer.run_on(words);
  for (const LayerRun* run : {&clocked, &event}) {
    EXPECT_EQ(computed(*run).front(), 3 * 3);
    EXPECT_EQ(run->processing_cycles, 3 * 3 + 5 * 1);  // one step of 5 sums
    EXPECT_EQ(run->macs_performed, 4 * 5);
    EXPECT_EQ(run->counts.at("wfifo.read"), 4 * 3);
    EXPECT_EQ(run->counts.at("halo.send"), 5);
  }
}

}  // namespace
}  // namespace lacuna::test

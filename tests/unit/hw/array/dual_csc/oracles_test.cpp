// SPDX-License-Identifier: Apache-2.0
// What the cycles of a PE must be whatever its words are.
#include <gtest/gtest.h>

#include "hw/array/mapping_space.hpp"
#include "tests/support/dice.hpp"
#include "tests/support/dual_csc_layer.hpp"
#include "tests/support/level_comparison.hpp"
#include "tests/support/random_case.hpp"

namespace lacuna::test {
namespace {

/// A layer of many ofmap channels for each PE, with short zero runs: fillers, which random layers rarely have.
DualCscLayer deep_layer(std::int64_t seed) {
  Dice dice(seed);
  DualCscLayer layer(dice.draw(3, 40), dice.draw(1, 9), dice.draw(1, 12));
  layer.seed = seed;
  layer.zero_percent = dice.pick<std::int64_t>({0, 30, 60, 90});
  layer.weight_zero_percent = dice.pick<std::int64_t>({30, 60, 80, 95});
  DualCscConfig& array = layer.array();
  array.pe_count = dice.small(4);
  array.run_bits = dice.draw(1, 3);
  array.filler_cycles = dice.draw(0, 1);
  array.macs = dice.draw(1, 2);
  array.psums_per_cycle = dice.small(8);
  array.iacts_per_cycle = dice.small(3);
  array.empty_column_cycles = dice.draw(0, 2);
  array.double_buffer = dice.flip();
  array.iact_address_entries = 16;
  return layer;
}

TEST(DualCscOracles, LevelsAgreeWhereColumnsAreLongAndHaveFillers) {
  std::int64_t with_fillers = 0;
  for (std::int64_t seed = 0; seed < 400; ++seed) {
    const DualCscLayer layer = deep_layer(seed);
    ASSERT_TRUE(level_differences(layer).empty()) << to_json(layer);
    with_fillers += layer.run_event().filler > 0 ? 1 : 0;
  }
  EXPECT_GT(with_fillers, 50);
}

/// Sum over PEs and taps of non-zero activations x what a column takes, from the words alone.
std::int64_t busy_by_counts(DualCscLayer& layer, const DualCscLayer::Words& words) {
  const LayerShape& s = layer.shape;
  const auto places = layer.array().pe_count;
  std::int64_t busy = 0;
  for (std::int64_t c = 0; c < s.C; ++c) {
    std::int64_t live = 0;
    for (std::int64_t w = 0; w < s.W; ++w) live += words.ifmaps[0][static_cast<std::size_t>(c * s.W + w)] != 0 ? 1 : 0;
    for (std::int64_t pe = 0; pe < places; ++pe) {
      std::int64_t weights = 0;
      for (std::int64_t m = pe; m < s.M; m += places) {
        weights += words.filters[static_cast<std::size_t>(m * s.C + c)] != 0 ? 1 : 0;
      }
      busy += live * ceil_div(weights, layer.array().macs);
    }
  }
  return busy;
}

TEST(DualCscOracles, APeIsBusyForTheProductsOfTheCountsOfEachColumn) {
  for (std::int64_t seed = 0; seed < 200; ++seed) {
    DualCscLayer layer = deep_layer(seed);
    layer.array().filler_cycles = 0;
    layer.array().psum_entries = 64;
    layer.array().weight_words = 1024;
    layer.array().weight_address_bits = 16;
    layer.map_whole();
    const DualCscLayer::Words words = layer.words();
    std::int64_t busy_of[2] = {0, 0};
    for (std::int64_t macs = 1; macs <= 2; ++macs) {
      layer.array().macs = macs;
      const LayerRun run = layer.run_event();
      ASSERT_EQ(run.passes.size(), 1U);
      for (std::int64_t pe = 0; pe < layer.array().pe_count; ++pe) {
        busy_of[macs - 1] += busy_cycles(run, static_cast<std::size_t>(pe));
      }
      ASSERT_EQ(busy_of[macs - 1], busy_by_counts(layer, words)) << to_json(layer);
      ASSERT_TRUE(macs == 2 || busy_of[0] == run.macs_performed) << to_json(layer);
    }
    ASSERT_GE(2 * busy_of[1], busy_of[0]) << to_json(layer);
    ASSERT_LE(busy_of[1], busy_of[0]) << to_json(layer);
  }
}

TEST(DualCscOracles, OnDataWithoutZerosOneMacIsBusyForAllMacs) {
  DualCscLayer layer(13, 7, 5);
  layer.zero_percent = layer.weight_zero_percent = 0;
  layer.array().macs = 1;
  const LayerRun run = layer.run_event();
  EXPECT_EQ(busy_cycles(run, 0), 13 * 7 * 5);
  EXPECT_EQ(run.macs_skipped, 0);
}

TEST(DualCscOracles, TheClosedFormHasTheCyclesOfTheMachineOnDataWithoutZeros) {
  std::int64_t cases = 0;
  for (std::int64_t seed = 0; seed < 600; ++seed) {
    LayerCase c = random_case(seed, "dual_csc");
    if (c.shape.P != 0) continue;  // padding is zeros
    c.zero_percent = c.weight_zero_percent = 0;
    c.zero_code_is_zero = true;
    if (!c.legal()) continue;
    const ArrayKind& kind = c.chip.array.array();
    const std::unique_ptr<ArrayMapping> mapping = c.mapping ? c.mapping->clone() : kind.default_mapping(c.context());
    const LayerRun run = c.run_event();
    if (run.macs_skipped > 0) continue;  // a code that no weight has was drawn as zero
    ASSERT_EQ(kind.cost(c.context(), *mapping).cycles, run.processing_cycles) << to_json(c);
    ++cases;
  }
  EXPECT_GT(cases, 100);
}

TEST(DualCscOracles, OneZeroMoreNeverTakesLonger) {
  for (std::int64_t seed = 0; seed < 100; ++seed) {
    DualCscLayer layer = deep_layer(seed);
    layer.array().empty_column_cycles = 0;
    DualCscLayer::Words words = layer.words();
    words.filters_by_tap.clear();
    Dice dice(seed);
    std::int64_t before = layer.run_on(words)[1].processing_cycles;
    for (int step = 0; step < 5; ++step) {
      // At worst a filler takes the place of a weight.
      std::vector<StoredWord>& of = dice.flip() ? words.ifmaps[0] : words.filters;
      of[static_cast<std::size_t>(dice.draw(0, static_cast<std::int64_t>(of.size()) - 1))] = 0;
      const std::int64_t after = layer.run_on(words)[1].processing_cycles;
      ASSERT_LE(after, before) << to_json(layer);
      before = after;
    }
  }
}

}  // namespace
}  // namespace lacuna::test

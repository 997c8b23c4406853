// SPDX-License-Identifier: Apache-2.0
// The clocked array suffers damage visibly, shows its wires, and its PEs spend their edges as stated.
#include <gtest/gtest.h>

#include "tests/support/clocked_array.hpp"
#include "tests/support/inner_product_layer.hpp"

namespace lacuna::test {
namespace {

InnerProductLayer small_layer(bool fc) {
  InnerProductLayer layer(3, 2, 2);
  layer.array().serial_fc = fc;
  layer.serial(16);
  layer.shape = {1, 4, 3, 1, 4, 4, 2, 2, 1, 0};
  if (fc) layer.fc(9, 5, 2);
  layer.zero_percent = layer.weight_zero_percent = 0;
  layer.relu = false;
  layer.network_input = true;  // dense streams: any word decodes
  return layer;
}

TEST(InnerProductArray, OneFlippedBitAnywhereOnTheWayIsSeenInTheOfmap) {
  for (const bool fc : {false, true}) expect_flipped_bits_are_seen(small_layer(fc), 2);
}

TEST(InnerProductArray, ShowsItsWiresInAWave) {
  expect_wires_in_a_wave(small_layer(false), {"step", "activation_5", "weight_3", "sum_5"});
}

/// Of PE (row, column).
const PeActivity& pe_at(const LayerRun& run, std::int64_t row, std::int64_t column) {
  for (const PeActivity& pe : run.activity.pes) {
    if (pe.row == row && pe.column == column) return pe;
  }
  throw std::logic_error("no such PE");
}

void expect_spent(const PeActivity& pe, std::int64_t busy, const std::vector<std::int64_t>& stalls, std::int64_t idle) {
  EXPECT_EQ(pe.busy, busy) << pe.row << ' ' << pe.column;
  EXPECT_EQ(std::vector<std::int64_t>(pe.stalls.begin(), pe.stalls.begin() + 3), stalls) << pe.row << ' ' << pe.column;
  EXPECT_EQ(pe.idle, idle) << pe.row << ' ' << pe.column;
}

TEST(InnerProductArray, CountsWhatItsUnitsDo) {
  // 3 pixels on 2 windows, 3 filters on 2, 3 channels on 2 lanes; steps of 4 edges; sums come 1 edge late. So 2 folds x
  // 2 pallets x 2 steps x 4 edges + 1.
  InnerProductLayer layer(2, 2, 2);
  layer.serial(4);
  layer.array().tree_latency = 1;
  layer.shape = {1, 3, 3, 1, 1, 3, 1, 1, 1, 0};
  for (const LayerRun& run : {layer.run(), layer.run_event()}) {
    EXPECT_EQ(run.processing_cycles, 33);
    EXPECT_EQ(run.active_pes, 8);
    EXPECT_EQ(run.macs_performed, 27);
    // Stalls: lane, turn, tree. Window 0, filter 0: every step; the second lane has a word in half of them.
    expect_spent(pe_at(run, 0, 0), 32, {0, 0, 1}, 0);
    expect_spent(pe_at(run, 1, 0), 16, {16, 0, 1}, 0);
    // Window 1 has a pixel in every other pallet, filter 1 in one of the folds.
    expect_spent(pe_at(run, 2, 0), 16, {0, 0, 1}, 16);
    expect_spent(pe_at(run, 3, 1), 4, {4, 0, 1}, 24);
    EXPECT_EQ(run.counts.at("serial_mac.step"), 27 * 4);
    EXPECT_EQ(run.counts.at("activation_register.write"), 2 * 9);  // folds x words
    EXPECT_EQ(run.counts.at("weight_register.write"), 9 * 2);      // words x pallets
    EXPECT_EQ(run.counts.at("global_buffer.filter_read"), 9 * 2);
    EXPECT_EQ(run.counts.at("global_buffer.ifmap_read"), 2 * 9);
    EXPECT_EQ(run.counts.at("adder_tree.op"), 9 * 2 * 4);  // ofmap words x steps x edges
    EXPECT_EQ(run.counts.at("accumulator.write"), 9 * 2 * 4);
    EXPECT_EQ(run.counts.at("global_buffer.psum_write"), 9);
  }
}

TEST(InnerProductArray, CountsWhatItsWindowsDoInTurn) {
  // 3 steps on 2 windows, of 4 edges: begun at edges 0, 1, 4; the last ends at 7. One filter of two; the last step has
  // a word for one of the two lanes.
  InnerProductLayer layer(2, 2, 2);
  layer.serial(4);
  layer.array().serial_fc = true;
  layer.fc(5, 1);
  for (const LayerRun& run : {layer.run(), layer.run_event()}) {
    EXPECT_EQ(run.processing_cycles, 8);
    EXPECT_EQ(run.active_pes, 4);
    expect_spent(pe_at(run, 0, 0), 8, {0, 0, 0}, 0);
    expect_spent(pe_at(run, 1, 0), 4, {4, 0, 0}, 0);
    expect_spent(pe_at(run, 2, 0), 4, {0, 4, 0}, 0);
    expect_spent(pe_at(run, 2, 1), 0, {0, 0, 0}, run.array_cycles);  // no filter: not even the link holds it
    EXPECT_EQ(run.counts.at("weight_register.write"), 5);
    EXPECT_EQ(run.counts.at("adder_tree.op"), 3 * 4);
  }
}

}  // namespace
}  // namespace lacuna::test

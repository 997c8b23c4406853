// SPDX-License-Identifier: Apache-2.0
// The clocked array suffers damage visibly, shows its wires, and counts what only it has.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "tests/support/dual_csc_layer.hpp"
#include "tests/support/level_comparison.hpp"
#include "tests/support/scratch_folder.hpp"

namespace lacuna::test {
namespace {

DualCscLayer small_layer() {
  DualCscLayer layer;
  layer.shape = {1, 4, 3, 1, 6, 6, 3, 3, 1, 0};
  layer.array().pe_count = 2;
  layer.zero_percent = layer.weight_zero_percent = 0;
  layer.activation_bits = layer.chip.mac.accumulator_bits = 16;  // ofmap words say all of a psum
  layer.network_input = true;                                    // dense streams: any word decodes
  return layer;
}

TEST(DualCscArray, OneFlippedBitAnywhereOnTheWayIsSeenInTheOfmap) {
  const DualCscLayer layer = small_layer();
  const auto expected = layer.expected();
  EXPECT_EQ(layer.run().ofmap, expected);
  for (FaultSite Faults::*site :
       {&Faults::global_buffer_read, &Faults::filter_path, &Faults::output_fifo, &Faults::dram_word}) {
    RunHooks hooks;
    (hooks.faults.*site).arm(7, 3);
    // A stream of weights that no encoder gives is refused.
    const Outcome damaged = outcome_of([&] { return layer.run(hooks); });
    EXPECT_TRUE(damaged.run.ofmap != expected || damaged.error.find("corrupted csc") != std::string::npos);
  }
}

TEST(DualCscArray, ShowsItsWiresInAWave) {
  const ScratchFolder folder;
  RunHooks hooks;
  hooks.wave = {folder.path("wave"), 0, 20};
  EXPECT_EQ(small_layer().run(hooks).ofmap, small_layer().expected());
  std::ifstream file(folder.path("wave.vcd"));
  std::ostringstream text;
  text << file.rdbuf();
  for (const char* name : {"step", "beat", "done_1"}) {
    EXPECT_NE(text.str().find(std::string(" ") + name), std::string::npos) << name;
  }
}

TEST(DualCscArray, CountsWhatOnlyItHas) {
  // 5 ofmap channels, 3 taps, 2 windows; 3 non-zero activations; columns of 3, 0 and 2 weights.
  DualCscLayer layer(5, 3, 2);
  layer.map_whole();
  DualCscLayer::Words words = layer.zeros();
  words.ifmaps[0] = {4, 0, 4, 0, 4, 0};
  words.filters = {1, 0, 1, 1, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0};
  for (const LayerRun& run : layer.run_on(words)) {
    EXPECT_EQ(run.macs_performed, 3 + 2);
    EXPECT_EQ(run.macs_skipped, 5 * 3 * 2 - 5);
    EXPECT_EQ(run.macs_gated, 0);
    EXPECT_EQ(run.counts.at("iact_bank.read"), 3);
    EXPECT_EQ(run.counts.at("global_buffer.ifmap_read"), 0);
    EXPECT_EQ(run.counts.at("iact_spad.write"), 3);
    EXPECT_EQ(run.counts.at("iact_spad.read"), 3);
    EXPECT_EQ(run.counts.at("iact_address.write"), 2 * 4) << "3 taps in columns of one, and the end";
    EXPECT_EQ(run.counts.at("iact_address.read"), 2 * 4);
    EXPECT_EQ(run.counts.at("weight_address.write"), 4);
    EXPECT_EQ(run.counts.at("weight_address.read"), 2 * 3) << "of the empty column too";
    EXPECT_EQ(run.counts.at("weight_spad.write"), 2 + 0 + 1);
    EXPECT_EQ(run.counts.at("weight_spad.read"), 2 + 0 + 1);
    EXPECT_EQ(run.counts.at("psum_spad.write"), 5 + 2 * 5);
    EXPECT_EQ(run.counts.at("psum_spad.read"), 5 + 2 * 5);
    EXPECT_EQ(run.counts.at("mult.idle"), 1);
    EXPECT_EQ(run.counts.at("global_buffer.psum_write"), 10);
  }
}

}  // namespace
}  // namespace lacuna::test

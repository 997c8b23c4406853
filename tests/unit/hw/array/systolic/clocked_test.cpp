// SPDX-License-Identifier: Apache-2.0
// The clocked array suffers damage visibly, and shows its wires.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "tests/support/scratch_folder.hpp"
#include "tests/support/systolic_layer.hpp"

namespace lacuna::test {
namespace {

SystolicLayer small_layer(const std::string& dataflow) {
  SystolicLayer layer(4, 3, dataflow);
  layer.shape = {1, 4, 3, 1, 6, 6, 3, 3, 1, 0};
  layer.zero_percent = 0;
  layer.weight_zero_percent = 0;
  layer.relu = false;
  layer.network_input = true;  // dense streams: any word decodes
  return layer;
}

TEST(SystolicArray, OneFlippedBitAnywhereOnTheWayIsSeenInTheOfmap) {
  for (const char* dataflow : {"output_stationary", "weight_stationary", "input_stationary"}) {
    const SystolicLayer layer = small_layer(dataflow);
    const auto ofmap_with = [&layer](FaultSite Faults::*site) {
      RunHooks hooks;
      (hooks.faults.*site).arm(7, 3);
      return layer.run(hooks).ofmap;
    };
    const auto expected = layer.expected();
    EXPECT_EQ(layer.run().ofmap, expected) << dataflow;
    EXPECT_NE(ofmap_with(&Faults::global_buffer_read), expected) << dataflow;
    EXPECT_NE(ofmap_with(&Faults::filter_path), expected) << dataflow;
    EXPECT_NE(ofmap_with(&Faults::output_fifo), expected) << dataflow;
    EXPECT_NE(ofmap_with(&Faults::dram_word), expected) << dataflow;
    const bool has_psum_links = std::string(dataflow) != "output_stationary";
    EXPECT_EQ(ofmap_with(&Faults::psum_link) != expected, has_psum_links) << dataflow;
  }
}

TEST(SystolicArray, ShowsItsWiresInAWave) {
  const ScratchFolder folder;
  RunHooks hooks;
  hooks.wave = {folder.path("wave"), 0, 20};
  EXPECT_EQ(small_layer("weight_stationary").run(hooks).ofmap, small_layer("weight_stationary").expected());
  std::ifstream file(folder.path("wave.vcd"));
  std::ostringstream text;
  text << file.rdbuf();
  for (const char* name : {"load", "compute", "west_0", "north_2", "east_11", "south_11", "psum_in_2", "psum_11"}) {
    EXPECT_NE(text.str().find(std::string("$scope module ") + name + " $end"), std::string::npos) << name;
  }
}

}  // namespace
}  // namespace lacuna::test

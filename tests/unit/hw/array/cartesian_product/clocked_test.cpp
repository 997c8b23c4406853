// SPDX-License-Identifier: Apache-2.0
// The clocked array suffers damage visibly, and shows its wires.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "hw/base/error.hpp"
#include "tests/support/cartesian_layer.hpp"
#include "tests/support/error_of.hpp"
#include "tests/support/scratch_folder.hpp"

namespace lacuna::test {
namespace {

CartesianLayer small_layer() {
  CartesianLayer layer(2, 2);
  layer.shape = {1, 4, 3, 1, 6, 6, 3, 3, 1, 0};
  layer.zero_percent = 0;
  layer.weight_zero_percent = 0;
  layer.chip.mac.accumulator_bits = 16;  // so that no ofmap word is clamped
  layer.relu = false;
  layer.network_input = true;  // dense streams: any word decodes
  return layer;
}

TEST(CartesianArray, OneFlippedBitAnywhereOnTheWayIsSeenInTheOfmap) {
  const CartesianLayer layer = small_layer();
  const auto expected = layer.expected();
  EXPECT_EQ(layer.run().ofmap, expected);
  for (FaultSite Faults::*site : {&Faults::global_buffer_read, &Faults::filter_path, &Faults::psum_link,
                                  &Faults::output_fifo, &Faults::dram_word}) {
    RunHooks hooks;
    (hooks.faults.*site).arm(7, 3);
    EXPECT_NE(layer.run(hooks).ofmap, expected);
  }
}

TEST(CartesianArray, ShowsItsWiresInAWave) {
  const ScratchFolder folder;
  RunHooks hooks;
  hooks.wave = {folder.path("wave"), 0, 20};
  EXPECT_EQ(small_layer().run(hooks).ofmap, small_layer().expected());
  std::ifstream file(folder.path("wave.vcd"));
  std::ostringstream text;
  text << file.rdbuf();
  for (const char* name : {"step", "phase", "computed", "drained", "done_3"}) {
    EXPECT_NE(text.str().find(std::string(" ") + name), std::string::npos) << name;
  }
}

TEST(CartesianArray, RefusesWhatItsRulesDoNotCover) {
  CartesianLayer saturating = small_layer();
  saturating.chip.mac.overflow = "saturate";
  EXPECT_EQ(error_of([&] { saturating.check(); }),
            "/chip/mac/overflow: found saturate, but the array cartesian_product adds the products of every ofmap word "
            "in an order of its own; allowed wrap");
  CartesianLayer dilated = small_layer();
  dilated.shape.D = 2;
  EXPECT_NE(error_of([&] { dilated.check(); }).find("dilation = 2"), std::string::npos);
  CartesianLayer banks = small_layer();
  banks.array().accumulator_banks = 12;
  EXPECT_NE(error_of([&] { banks.check(); }).find("/chip/array/accumulator_banks"), std::string::npos);
  CartesianLayer sums = small_layer();
  sums.array().accumulator_entries = 15;  // a tile of 2 x 3 words reaches 4 x 5 outputs, as far as it knows
  EXPECT_NE(error_of([&] { sums.check(); }).find("/chip/array/accumulator_entries"), std::string::npos);
}

}  // namespace
}  // namespace lacuna::test

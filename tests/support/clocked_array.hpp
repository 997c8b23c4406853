// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "tests/support/layer_case.hpp"
#include "tests/support/scratch_folder.hpp"

namespace lacuna::test {

/// Flips bit 3 of word number `word` that passes each place on its way, one place at a time: the ofmap of the clocked
/// array must show every one.
inline void expect_flipped_bits_are_seen(const LayerCase& layer, std::int64_t word) {
  const auto expected = layer.expected();
  EXPECT_EQ(layer.run().ofmap, expected);
  for (FaultSite Faults::*site : {&Faults::global_buffer_read, &Faults::filter_path, &Faults::psum_link,
                                  &Faults::output_fifo, &Faults::dram_word}) {
    RunHooks hooks;
    (hooks.faults.*site).arm(word, 3);
    EXPECT_NE(layer.run(hooks).ofmap, expected);
  }
}

/// The wave of the first cycles of the clocked array has these names, and tracing leaves the ofmap as it is.
inline void expect_wires_in_a_wave(const LayerCase& layer, const std::vector<std::string>& names) {
  const ScratchFolder folder;
  RunHooks hooks;
  hooks.wave = {folder.path("wave"), 0, 20};
  EXPECT_EQ(layer.run(hooks).ofmap, layer.expected());
  std::ifstream file(folder.path("wave.vcd"));
  std::ostringstream text;
  text << file.rdbuf();
  for (const std::string& name : names) EXPECT_NE(text.str().find(" " + name), std::string::npos) << name;
}

}  // namespace lacuna::test

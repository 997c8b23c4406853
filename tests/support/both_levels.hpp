// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include "tests/support/layer_case.hpp"

namespace lacuna::test {

/// A run at both levels, which must agree in what tests of single numbers look at, and in the ofmap of plain loops.
inline LayerRun both_levels(const LayerCase& layer) {
  LayerRun clocked = layer.run();
  const LayerRun event = layer.run_event();
  EXPECT_EQ(clocked.ofmap, layer.expected());
  EXPECT_EQ(event.ofmap, clocked.ofmap);
  EXPECT_EQ(event.stall_cycles, clocked.stall_cycles);
  EXPECT_EQ(event.counts, clocked.counts);
  EXPECT_EQ(event.total_cycles, clocked.total_cycles);
  return clocked;
}

/// The filter banks hold dense words of 16 bits, four in a row; the decoder makes one weight an edge. Asked at edge a,
/// it has made weight k (from 1 on) at a + k, and it may be taken from a + k + 1 on.
template <class Layer>
Layer one_weight_an_edge(Layer layer) {
  layer.chip.weight_memory.holds = "stream";
  layer.chip.weight_memory.decoder = {1, 1, 1, 4, 0};
  return layer;
}

}  // namespace lacuna::test

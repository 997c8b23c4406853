// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hw/array/array_activity.hpp"
#include "hw/array/lane_skip/pass.hpp"

namespace lacuna {

/// Per-PE counts of one layer, over all edges from 0 to the end of the last pass: one of them is counted per edge and
/// PE. A PE is one multiplier.
struct LaneSkipPeCounts {
  std::int64_t performed = 0;
  std::int64_t gated = 0;
  std::int64_t brick = 0;  ///< its lane passes over a brick without a non-zero
  std::int64_t lane = 0;   ///< its lane has nothing to do until the slowest one ends
  std::int64_t link = 0;
  std::int64_t weight = 0;  ///< for the decoder to write a tile
  std::int64_t idle = 0;    ///< sits a fold out, or has none left

  static constexpr std::size_t kLinkStall = 2;  ///< in stalls()
  std::vector<std::int64_t> stalls() const { return {brick, lane, link, weight}; }
  std::int64_t busy_edges() const { return performed + gated; }
};

/// Events of the units around the PEs.
struct LaneSkipEvents {
  std::int64_t bricks_read = 0;
  std::int64_t offsets_decoded = 0;
  std::int64_t rows_read = 0;  ///< rows of synapses, one for each filter lane of a unit
  std::int64_t sums = 0;       ///< of all lanes, by an adder tree
  std::int64_t encoded = 0;    ///< ofmap words
  std::int64_t lanes_idle = 0;
  std::int64_t macs_skipped = 0;
};

/// Every event that the lane-skipping array counts, as "unit.action".
std::vector<std::string> lane_skip_events();

/// What the array did; `pes` row by row, `mac_events` are raised by every performed MAC. The same for both levels.
ArrayActivity lane_skip_activity(const LaneSkipShape& array, const std::vector<LaneSkipPeCounts>& pes,
                                 const LaneSkipEvents& events, const std::vector<MacEvent>& mac_events);

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hw/array/array_activity.hpp"
#include "hw/array/systolic/schedule.hpp"

namespace lacuna {

/// Per-PE counts of one layer, over all edges from 0 to the end of the last pass. One of busy, load, skew, link, weight
/// and idle is counted per edge and PE. Filler is part of performed and gated.
struct SystolicPeCounts {
  std::int64_t performed = 0;
  std::int64_t gated = 0;
  std::int64_t busy = 0;  ///< MACs are in work
  std::int64_t load = 0;  ///< the array loads a stationary operand and does nothing else
  std::int64_t skew = 0;  ///< the wavefront has not come yet, or has gone by
  std::int64_t link = 0;
  std::int64_t weight = 0;  ///< the array waits for the weight decoder
  std::int64_t idle = 0;    ///< sits a fold out that ends before it, or has none left
  std::int64_t filler_performed = 0;
  std::int64_t filler_gated = 0;
};

/// Words that moved between PEs, or between the edges of the array and its PEs.
struct SystolicLinkCounts {
  std::int64_t activations = 0;
  std::int64_t weights = 0;
  std::int64_t psums = 0;      ///< over the links down the columns
  std::int64_t bus_psums = 0;  ///< over the buses of the columns, in and out
  std::int64_t accumulator_writes = 0;
};

/// Every event that the systolic array counts, as "unit.action".
std::vector<std::string> systolic_events();

/// What the array did; `pes` row by row, `mac_events` are raised by every performed MAC. The same for both levels.
ArrayActivity systolic_activity(const SystolicArrayShape& array, const std::vector<SystolicPeCounts>& pes,
                                const SystolicLinkCounts& links, const std::vector<MacEvent>& mac_events);

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hw/array/array_activity.hpp"
#include "hw/array/cartesian_product/grid.hpp"

namespace lacuna {

/// What one multiplier did of what differs between those of a PE, in edges.
struct CartesianMultiplier {
  std::int64_t performed = 0;  ///< products that are dropped among them, in all four
  std::int64_t gated = 0;
  std::int64_t dropped_performed = 0;
  std::int64_t dropped_gated = 0;
  std::int64_t lane = 0;  ///< a step in which one of its two lanes was empty
};

/// What one PE did in a layer, over all edges from 0 to the end of the last pass.
struct CartesianPeCounts {
  std::vector<CartesianMultiplier> multipliers;  ///< filter lane by filter lane
  std::int64_t bank = 0;                         ///< products wait for accumulator banks
  std::int64_t barrier = 0;                      ///< for the slowest PE
  std::int64_t drain = 0;                        ///< for sums that leave
  std::int64_t link = 0;
  std::int64_t weight = 0;  ///< for the decoder to write a tile
  std::int64_t idle = 0;    ///< it has no part in the layer
};

/// Events of the units around the multipliers.
struct CartesianEvents {
  std::int64_t activation_vectors = 0;  ///< read from the ifmap RAMs
  std::int64_t broadcasts = 0;          ///< weight vectors sent to PEs
  bool from_store = false;              ///< they come out of a tile store
  std::int64_t fifo_writes = 0;         ///< weight vectors written, in all PEs
  std::int64_t pairs = 0;               ///< of vectors
  std::int64_t sums_sent = 0;
  std::int64_t ofmap_words = 0;
  std::int64_t macs_skipped = 0;
};

/// Every event that the array counts, as "unit.action".
std::vector<std::string> cartesian_events();

/// What the array did; `pes` row by row, `mac_events` are raised by every performed MAC. The same for both levels.
ArrayActivity cartesian_activity(const CartesianShape& array, const std::vector<CartesianPeCounts>& pes,
                                 const CartesianEvents& events, const std::vector<MacEvent>& mac_events);

}  // namespace lacuna

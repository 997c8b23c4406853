// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hw/array/array_activity.hpp"
#include "hw/array/inner_product/pass.hpp"

namespace lacuna {

/// Per-PE counts of one layer, over all edges from 0 to the end of the last pass: one of `busy` and those after it is
/// counted per edge and PE. A PE is one lane of a unit.
struct InnerProductPeCounts {
  std::int64_t performed = 0;  ///< MACs
  std::int64_t gated = 0;
  std::int64_t busy = 0;
  std::int64_t lane = 0;  ///< its unit is in a step that has no word for it
  std::int64_t turn = 0;  ///< its unit waits for its turn at the weights
  std::int64_t tree = 0;  ///< the last sums of the pass are on their way
  std::int64_t link = 0;
  std::int64_t weight = 0;  ///< for the decoder to write a tile
  std::int64_t idle = 0;    ///< sits it out, or has none left

  static constexpr std::size_t kLinkStall = 3;  ///< in stalls()
  std::vector<std::int64_t> stalls() const { return {lane, turn, tree, link, weight}; }
  std::int64_t busy_edges() const { return busy; }
};

/// Events of the units around the MACs.
struct InnerProductEvents {
  std::int64_t activations = 0;  ///< words registered for the units of a window
  std::int64_t weights = 0;      ///< words registered for the units of a filter
  std::int64_t sums = 0;         ///< of the lanes of a unit, one in every edge of a step
  std::int64_t rows = 0;         ///< read from the tile store: a word of a step, for the filters side by side
  bool from_store = false;       ///< there is one
};

/// Every event that the inner-product array counts, as "unit.action".
std::vector<std::string> inner_product_events();

/// What the array did; `pes` row by row, `mac_events` are raised by every performed MAC. The same for both levels.
ArrayActivity inner_product_activity(const InnerProductShape& array, const std::vector<InnerProductPeCounts>& pes,
                                     const InnerProductEvents& events, const std::vector<MacEvent>& mac_events);

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hw/array/array_activity.hpp"
#include "hw/array/row_stationary/schedule.hpp"

namespace lacuna {

/// Per-PE counts of one layer, over all edges from 0 to the end of the last pass. One field is counted per edge and PE:
/// busy + wait_filter + wait_ifmap + wait_psum + wait_link + idle = edges. Filler is part of performed and gated.
struct PeCounts {
  std::int64_t performed = 0;
  std::int64_t gated = 0;
  std::int64_t busy = 0;  ///< issues times the edges of one, whatever is gated
  std::int64_t wait_filter = 0;
  std::int64_t wait_ifmap = 0;
  std::int64_t wait_psum = 0;
  std::int64_t wait_link = 0;
  std::int64_t idle = 0;
  std::int64_t filler_performed = 0;
  std::int64_t filler_gated = 0;
  std::int64_t gated_on_weight_alone = 0;  ///< gated MACs that had to read the filter spad to know
  std::int64_t filter_words = 0;           ///< written to the filter spad
  std::int64_t ifmap_words = 0;            ///< written to the ifmap spad
  std::int64_t psums_combined = 0;         ///< read from the psum spad for a combine
  std::int64_t psum_link_words = 0;        ///< sent to the PE above
  std::int64_t psum_beats = 0;             ///< pushed into its psum FIFO

  std::int64_t edges() const { return busy + wait_filter + wait_ifmap + wait_psum + wait_link + idle; }
};

/// What the buses of one layer carried, and how long their heads lacked credits.
struct BusCounts {
  std::int64_t filter_words = 0;
  std::int64_t filter_deliveries = 0;
  std::int64_t ifmap_words = 0;
  std::int64_t ifmap_deliveries = 0;
  std::int64_t psum_in_words = 0;
  std::int64_t psum_out_words = 0;
  std::int64_t output_pushes = 0;
  std::int64_t filter_stalls = 0;
  std::int64_t ifmap_stalls = 0;
  std::int64_t psum_in_stalls = 0;
};

/// Every event that the row-stationary array counts, as "unit.action".
std::vector<std::string> row_stationary_events();

/// What the array did, from the counts of its PEs (by RowStationaryGrid::pe) and buses; `mac_events` are raised by
/// every performed MAC. The same for both levels.
ArrayActivity row_stationary_activity(const RowStationarySchedule& schedule, const std::vector<PeCounts>& pes,
                                      const BusCounts& buses, const std::vector<MacEvent>& mac_events);

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/array/event_buffer.hpp"
#include "hw/array/row_stationary/activity.hpp"
#include "hw/array/row_stationary/schedule.hpp"
#include "hw/mac/mac.hpp"

namespace lacuna {

/// Counts the gated MACs of a pass without visiting MACs: for one tap of a filter row a PE multiplies every weight with
/// every window, so the pairs of non-zeros are non-zero weights times non-zero windows.
class GatingCounter {
 public:
  GatingCounter(const RowStationarySchedule& schedule, const Mac& mac, const EventBuffer& operands)
      : schedule_(schedule), mac_(mac), operands_(operands) {}

  /// To be called when the operands of a pass lie in the buffer: looks at those that gate.
  void look_at_ifmap(const FeatureTile& tile, const RowStationaryPass& pass);
  void look_at_filters(const RowStationaryPass& pass);
  /// Adds the MACs of the pass looked at to the counts of the PEs that take part, by RowStationaryGrid::pe.
  void count(const RowStationaryPass& pass, std::vector<PeCounts>& pes) const;

 private:
  /// What the PEs of one row of a set have in common in a pass.
  struct PeRow {
    std::int64_t group = 0;                 ///< channel group
    std::int64_t channels = 0;              ///< real channels of the group; the others, up to q, are filler
    std::int64_t filters = 0;               ///< real filters of the set; the others, up to p, are filler
    const std::int64_t* weights = nullptr;  ///< per tap: real filters whose weight is not worth zero
  };
  void count_blind_to_weights(const RowStationaryPass& pass, const PeRow& row, std::int64_t ifmap_row,
                              PeCounts& counts) const;
  void count_by_tap(const RowStationaryPass& pass, const PeRow& row, std::int64_t ifmap_row, PeCounts& counts) const;
  /// How many of the windows of a row meet a non-zero word with one tap.
  std::int64_t windows(std::int64_t channel, std::int64_t row, std::int64_t s) const {
    return windows_[static_cast<std::size_t>((channel * rows_ + row) * schedule_.grid.S + s)];
  }

  const RowStationarySchedule& schedule_;
  const Mac& mac_;
  const EventBuffer& operands_;
  std::int64_t rows_ = 0;
  std::vector<std::int64_t> windows_;        ///< channel of the tile, row, s; images summed
  std::vector<std::int64_t> group_windows_;  ///< channel group, row: the same, summed over its channels and s
  std::vector<std::int64_t> weights_;        ///< set, chain position, tap: real filters whose weight is not worth zero
};

}  // namespace lacuna

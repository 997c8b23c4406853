// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/array/event_buffer.hpp"
#include "hw/array/row_stationary/schedule.hpp"
#include "hw/mac/mac.hpp"

namespace lacuna {

/// MACs of one PE in one pass.
struct PassMacs {
  std::int64_t performed = 0;
  std::int64_t gated = 0;
  std::int64_t filler_performed = 0;
  std::int64_t filler_gated = 0;
  std::int64_t gated_on_weight_alone = 0;
};

/// Counts the gated MACs of a pass without visiting MACs: for one tap of a filter row a PE multiplies every weight with
/// every window, so the pairs of non-zeros are non-zero weights times non-zero windows.
class GatingCounter {
 public:
  GatingCounter(const RowStationarySchedule& schedule, const Mac& mac, const EventBuffer& operands)
      : schedule_(schedule), mac_(mac), operands_(operands) {}

  /// To be called when a new ifmap tile lies in the buffer: counts the non-zero windows of each tap.
  void look_at_ifmap(const FeatureTile& tile);
  /// To be called when the filters of a pass lie in the buffer. Looks at them only where weights gate.
  void look_at_filters(const RowStationaryPass& pass);
  /// The MACs of a PE that takes part in the pass looked at.
  PassMacs count(const RowStationaryPass& pass, std::int64_t ts, std::int64_t i, std::int64_t j) const;

 private:
  /// How many of the windows of a row meet a non-zero word with one tap.
  std::int64_t windows(std::int64_t channel, std::int64_t row, std::int64_t s) const {
    return windows_[static_cast<std::size_t>((channel * rows_ + row) * schedule_.grid.S + s)];
  }

  const RowStationarySchedule& schedule_;
  const Mac& mac_;
  const EventBuffer& operands_;
  std::int64_t rows_ = 0;
  std::vector<std::int64_t> windows_;  ///< channel of the tile, row, s; images summed
  std::vector<std::int64_t> weights_;  ///< set, chain position, tap: real filters whose weight is not worth zero
};

}  // namespace lacuna

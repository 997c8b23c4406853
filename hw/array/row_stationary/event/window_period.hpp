// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "hw/array/row_stationary/event/pass_timing.hpp"
#include "hw/array/row_stationary/event/timing_state.hpp"
#include "hw/array/row_stationary/pass.hpp"

namespace lacuna {

/// Sees when the windows of an image repeat: when all that a window leaves behind is what the window before left, some
/// edges later. What the windows do is the same too, up to the last one of the image, and depends on nothing else: so
/// each of the windows between takes that long and stalls as often, exactly.
class WindowPeriod {
 public:
  WindowPeriod(const RowStationaryGrid& grid, const RowStationaryPass& pass);

  /// To be called at the beginning of an image.
  void begin() { before_.clear(); }
  /// To be called after each window. Returns the edges that a window takes if it repeated the one before.
  std::optional<std::int64_t> after_window(const RowStationaryState& state, const PassTiming& timing);
  /// Has so many windows more happen as the last one did.
  void repeat(std::int64_t windows, RowStationaryState& state, PassTiming& timing) const;

 private:
  std::vector<std::int64_t> edges_of(const RowStationaryState& state, const PassTiming& timing) const;

  std::vector<std::int64_t> pes_;      ///< that take part in the pass
  std::vector<std::int64_t> columns_;  ///< whose output FIFOs do
  std::vector<std::int64_t> before_;   ///< what the window before left behind
  PassTiming timing_before_;           ///< stalls up to the window before
  PassTiming last_;                    ///< stalls of the last window alone
  std::int64_t period_ = 0;
};

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "hw/array/tiled_schedule.hpp"

namespace lacuna {

constexpr std::int64_t kWeightsPerWord = 2;  ///< of a PE's weight memory, zero runs included

/// The PEs and what comes into them in an edge. Both levels read this one struct.
struct DualCscShape {
  std::int64_t pes = 1;
  std::int64_t macs = 2;                ///< of a PE
  std::int64_t iact_columns = 8;        ///< most columns that the activations of a window are cut into
  std::int64_t iacts_per_edge = 2;      ///< to all PEs
  std::int64_t words_per_edge = 1;      ///< of weights, to one PE
  std::int64_t addresses_per_edge = 3;  ///< of weights, to one PE
  std::int64_t psums_per_edge = 2;      ///< of each PE, in and out
  std::int64_t windows = 2;             ///< whose activations a PE holds: the one it works on, and the next
  std::int64_t empty_column_cycles = 0;
  std::int64_t filler_cycles = 0;

  /// Ofmap channels of a pass with so many in all that PE `pe` has: channel i is in PE i mod `pes`.
  std::int64_t rows(std::int64_t filters, std::int64_t pe) const { return (filters - pe + pes - 1) / pes; }
  /// PEs that have any.
  std::int64_t busy_pes(std::int64_t filters) const { return filters < pes ? filters : pes; }
  /// Addresses of the activations of a window of so many taps: the begin of each column, and the end.
  std::int64_t iact_addresses(std::int64_t taps) const {
    const std::int64_t in_column = ceil_div(taps, iact_columns);
    return ceil_div(taps, in_column) + 1;
  }
};

/// A filter tile, which lies in the PEs during a pass.
struct DualCscTile {
  std::int64_t filter = 0;  ///< first ofmap channel of the layer
  std::int64_t filters = 1;
  std::int64_t tap = 0;  ///< first tap, C R S order
  std::int64_t taps = 1;

  std::int64_t words() const { return filters * taps; }
};

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/array/dual_csc/pass.hpp"
#include "hw/base/arithmetic.hpp"
#include "hw/base/span.hpp"

namespace lacuna {

/// What a PE has of one column of its weight matrix.
struct DualCscColumn {
  std::int32_t weights = 0;  ///< that are not zero
  std::int32_t entries = 0;  ///< fillers included, padding not
  std::int32_t second = 0;   ///< weights that are the second entry of their word

  std::int64_t words() const { return ceil_div(entries, kWeightsPerWord); }
};

/// The columns of a filter tile, counted and not made: element tap x PEs + PE. `filters` are those of the layer, M C R
/// S; a filter has `all_taps` words. A zero run is up to 2^run_bits - 1 long.
std::vector<DualCscColumn> count_columns(const DualCscShape& array, std::int64_t run_bits, const DualCscTile& tile,
                                         Span<const StoredWord> filters, std::int64_t all_taps);

}  // namespace lacuna

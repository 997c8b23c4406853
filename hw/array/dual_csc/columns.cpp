// SPDX-License-Identifier: Apache-2.0
#include "hw/array/dual_csc/columns.hpp"

namespace lacuna {

std::vector<DualCscColumn> count_columns(const DualCscShape& array, std::int64_t run_bits, const DualCscTile& tile,
                                         Span<const StoredWord> filters, std::int64_t all_taps) {
  std::vector<DualCscColumn> columns(static_cast<std::size_t>(tile.taps * array.pes));
  std::vector<std::int32_t> next_row(columns.size(), 0);  // behind the last weight
  for (std::int64_t i = 0; i < tile.filters; ++i) {
    const StoredWord* const words = filters.data() + (tile.filter + i) * all_taps + tile.tap;
    const auto row = static_cast<std::int32_t>(i / array.pes);
    for (std::int64_t tap = 0; tap < tile.taps; ++tap) {
      if (words[tap] == 0) continue;
      const auto at = static_cast<std::size_t>(tap * array.pes + i % array.pes);
      DualCscColumn& column = columns[at];
      column.entries += (row - next_row[at]) >> run_bits;
      column.second += column.entries % kWeightsPerWord == 1 ? 1 : 0;
      ++column.entries;
      ++column.weights;
      next_row[at] = row + 1;
    }
  }
  return columns;
}

}  // namespace lacuna

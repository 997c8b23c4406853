// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/array/row_stationary/pass.hpp"

namespace lacuna {

/// A place in the physical array.
struct PhysicalPe {
  std::int64_t row = 0;
  std::int64_t column = 0;
};

/// Chains of the grid's length that an array of rows x columns PEs holds: t e at most.
std::int64_t most_chains(const RowStationaryGrid& grid, std::int64_t rows, std::int64_t columns);

/// Whether the logical grid fits an array of rows x columns PEs, sets folded where they are too wide or too tall:
/// shelves of R r rows hold one chain per column, or a chain taller than the array takes several columns.
bool fits(const RowStationaryGrid& grid, std::int64_t rows, std::int64_t columns);

/// Physical place of every logical PE, by RowStationaryGrid::pe. The grid fits. Folding changes places, not timing.
std::vector<PhysicalPe> place(const RowStationaryGrid& grid, std::int64_t rows, std::int64_t columns);

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include "hw/array/row_stationary/placement.hpp"

#include "hw/base/layer_shape.hpp"

namespace lacuna {

namespace {

/// How chains lie in the array: shelves above each other, `fold` physical columns per chain.
struct Shelves {
  std::int64_t count = 1;
  std::int64_t fold = 1;
};

Shelves shelves_of(const RowStationaryGrid& grid, std::int64_t rows) {
  if (grid.chain() <= rows) return {rows / grid.chain(), 1};
  return {1, ceil_div(grid.chain(), rows)};
}

}  // namespace

std::int64_t most_chains(const RowStationaryGrid& grid, std::int64_t rows, std::int64_t columns) {
  const Shelves shelves = shelves_of(grid, rows);
  return shelves.count * (columns / shelves.fold);
}

bool fits(const RowStationaryGrid& grid, std::int64_t rows, std::int64_t columns) {
  return grid.columns() <= most_chains(grid, rows, columns);
}

std::vector<PhysicalPe> place(const RowStationaryGrid& grid, std::int64_t rows, std::int64_t columns) {
  const Shelves shelves = shelves_of(grid, rows);
  const std::int64_t per_shelf = columns / shelves.fold;
  // Whole sets to a shelf where they all fit so; otherwise sets run on from shelf to shelf (folding).
  const std::int64_t sets_per_shelf = grid.e <= per_shelf ? per_shelf / grid.e : 0;
  const bool whole_sets = sets_per_shelf > 0 && ceil_div(grid.t, sets_per_shelf) <= shelves.count;
  std::vector<PhysicalPe> places(static_cast<std::size_t>(grid.pes()));
  for (std::int64_t ts = 0; ts < grid.t; ++ts) {
    for (std::int64_t j = 0; j < grid.e; ++j) {
      const std::int64_t running = ts * grid.e + j;
      const std::int64_t shelf = whole_sets ? ts / sets_per_shelf : running / per_shelf;
      const std::int64_t slot = whole_sets ? ts % sets_per_shelf * grid.e + j : running % per_shelf;
      for (std::int64_t i = 0; i < grid.chain(); ++i) {
        places[static_cast<std::size_t>(grid.pe(ts, i, j))] =
            shelves.fold == 1 ? PhysicalPe{shelf * grid.chain() + i, slot}
                              : PhysicalPe{i % rows, slot * shelves.fold + i / rows};
      }
    }
  }
  return places;
}

}  // namespace lacuna

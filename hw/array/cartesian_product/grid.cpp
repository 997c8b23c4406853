// SPDX-License-Identifier: Apache-2.0
#include "hw/array/cartesian_product/grid.hpp"

namespace lacuna {

CartesianGrid::CartesianGrid(const CartesianShape& array, const LayerShape& layer, std::int64_t ofmap_rows)
    : rows(array.rows, (ofmap_rows - 1) * layer.U + layer.R, layer.R, ofmap_rows, layer.U),
      columns(array.columns, layer.padded_width(), layer.S, layer.F(), layer.U),
      fc(is_fc(layer)),
      used_rows(rows.used()),
      used_columns(columns.used()),
      padding_(layer.P),
      outputs_(ofmap_rows * layer.F()),
      pes_(array.pes()),
      all_columns_(array.columns),
      inputs_(layer.C * layer.R * layer.S) {}

std::int64_t CartesianGrid::largest_region() const {
  if (fc) {
    std::int64_t steps = 0;
    while (std::int64_t{1} << steps < pes_) ++steps;
    return steps;
  }
  const std::int64_t high = std::max(rows.before(padding_), rows.behind(padding_));
  const std::int64_t wide = std::max(columns.before(padding_), columns.behind(padding_));
  return std::max({high * wide, high * columns.own(), rows.own() * wide});
}

std::int64_t CartesianGrid::halo_sums() const {
  const std::int64_t high = rows.before(padding_) + rows.own() + rows.behind(padding_);
  const std::int64_t wide = columns.before(padding_) + columns.own() + columns.behind(padding_);
  return high * wide - rows.own() * columns.own();
}

std::int64_t CartesianGrid::sums_sent() const {
  return fc ? used_pes() - 1 : rows.reached() * columns.reached() - outputs_;
}

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "hw/array/columns_context.hpp"
#include "hw/array/dual_csc/schedule.hpp"

namespace lacuna {

/// What all clocked units of one array share for one layer.
struct DualCscContext : ColumnsContext<DualCscSchedule> {
  using ColumnsContext::ColumnsContext;

  const TiledPass& pass(std::int64_t index) const { return schedule->at(index); }
  /// Ofmap channels of a pass that a PE has.
  std::int64_t rows(std::int64_t pass_index, std::int64_t pe) const {
    return array().rows(pass(pass_index).filters, pe);
  }
  /// Takes the filter tile of a pass out of the weight memory.
  void take_filters(std::int64_t index) {
    const DualCscTile& tile = schedule->filter_tile(pass(index).filter_tile);
    load_columns(tile.filters, tile.taps);
  }
};

}  // namespace lacuna

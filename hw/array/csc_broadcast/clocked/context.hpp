// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "hw/array/columns_context.hpp"
#include "hw/array/csc_broadcast/schedule.hpp"

namespace lacuna {

/// What all clocked units of one array share for one layer.
struct CscContext : ColumnsContext<CscBroadcastSchedule> {
  using ColumnsContext::ColumnsContext;

  const CscPass& pass(std::int64_t index) const { return schedule->pass_at(index); }
  /// The filter tile of a pass has arrived: it lies in the PEs from now on.
  void load_filters(std::int64_t index) {
    const CscFilterTile& tile = schedule->filter_tile(pass(index).filter_tile);
    load_columns(tile.filters, tile.inputs);
  }
};

}  // namespace lacuna

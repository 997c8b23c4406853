// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "hw/array/lane_skip/schedule.hpp"
#include "hw/array/tiled_context.hpp"

namespace lacuna {

/// What all clocked units of one array share for one layer.
struct LaneSkipContext : DealtContext<LaneSkipSchedule> {
  /// Filters that a fold of a pass works on.
  std::int64_t filters(std::int64_t pass_index, std::int64_t fold) const {
    return deal(pass_index).filters(fold, pass(pass_index).filters);
  }
};

}  // namespace lacuna

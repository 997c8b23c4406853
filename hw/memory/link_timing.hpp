// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace lacuna {

/// The DRAM link on the core's time base. Both levels use this one integer function.
struct LinkTiming {
  std::int64_t core_clock_khz = 200000;
  std::int64_t link_clock_khz = 60000;

  /// Edge by which word k (from 0) of a transfer that starts at edge `start` has arrived: start + ceil((k + 1) f_core /
  /// f_link).
  std::int64_t arrival(std::int64_t start, std::int64_t k) const {
    return start + ((k + 1) * core_clock_khz + link_clock_khz - 1) / link_clock_khz;
  }
};

}  // namespace lacuna

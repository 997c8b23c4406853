// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "sim/energy/prices.hpp"

namespace lacuna {

/// Energy of a layer (or of any set of counts and the time they took).
struct Energy {
  std::map<std::string, double> by_component_pj;  ///< "static" only where the table states static power
  double chip_pj = 0.0;                           ///< all components but "dram"
  double dram_pj = 0.0;
  double total_pj = 0.0;
  double power_chip_mw = 0.0;  ///< chip_pj / time; 0 for no time
};

/// counts x prices, plus static power x time. Throws Error (run_failed) for an event that was not resolved: the caller
/// resolves every event that the chip can raise before it simulates.
Energy account(const std::map<std::string, std::int64_t>& counts, const Prices& prices, double total_ms);

}  // namespace lacuna

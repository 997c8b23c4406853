// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "sim/energy/prices.hpp"

namespace lacuna {

/// How long a layer took, and on how much of the array.
struct LayerTime {
  double total_ms = 0.0;
  std::int64_t total_cycles = 0;
  double covered_pes = 1.0;  ///< share of the PEs that the mapping covers: the clock of the others is gated
};

/// Energy of a layer (or of any set of counts and the time they took).
struct Energy {
  /// "static" only where the table states static power, "leakage" and "clock" only where it has models of them.
  std::map<std::string, double> by_component_pj;
  Estimate chip_pj;  ///< all components but "dram"; low and high: with all prices at that end of their ranges
  Estimate dram_pj;
  Estimate total_pj;
  double power_chip_mw = 0.0;  ///< chip_pj / time; 0 for no time
};

/// counts x prices, plus static power and leakage x time, plus clock x cycles. Throws Error (run_failed) for an event
/// that was not resolved: the caller resolves every event that the chip can raise before it simulates.
Energy account(const std::map<std::string, std::int64_t>& counts, const Prices& prices, const LayerTime& time);

/// The same energy by what its prices come from, "TABLE: SOURCE", in pJ: figures of one source are too low or too high
/// together.
std::map<std::string, Estimate> energy_by_source_pj(const std::map<std::string, std::int64_t>& counts,
                                                    const Prices& prices, const LayerTime& time);

/// Area of the chip by component, in mm2; empty where the tables state none. A part that words of different widths use
/// is as wide as the widest of `prices`.
std::map<std::string, Estimate> chip_area_mm2(const std::vector<Prices>& prices);

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "analysis/json_file.hpp"

namespace lacuna {

/// Energy with the prices of one model at the low end of their range, as stated, and at the high end.
struct EnergyRange {
  double low_pj = 0.0;
  double value_pj = 0.0;
  double high_pj = 0.0;
};

/// What each price model contributes to the energy of a result, chip and DRAM, over all its layers: key is the price
/// table and the source of the model. Prices of one model move together within their range, those of others do not
/// know of them. `result` is a result.json. Throws Error (bad_input), with file and place.
std::map<std::string, EnergyRange> price_exposure(const JsonPlace& result);

/// Energy of `a` less that of `b`, at the stated prices and the least and greatest that it can be within the ranges.
EnergyRange energy_difference(const std::map<std::string, EnergyRange>& a, const std::map<std::string, EnergyRange>& b);

}  // namespace lacuna

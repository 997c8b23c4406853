// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sim/result/run_result.hpp"

namespace lacuna {

/// Where the energies of a result are from, for people: "generic_45nm, 45 nm, dram lpddr4".
std::string prices_text(const RunResult& result);

/// SHA-256 of all figures of its price table: two results with the same digest are at the same prices.
std::string prices_digest(const RunResult& result);

}  // namespace lacuna

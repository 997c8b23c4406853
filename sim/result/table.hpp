// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sim/result/run_result.hpp"

namespace lacuna {

/// The result as text for a terminal: plain ASCII, at most 160 columns. Two tables (work and time; energy by
/// component), totals, and what the reader must know about them. Figures that rest on extrapolated prices carry a '*'.
std::string result_table(const RunResult& result);

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "sim/config/override.hpp"
#include "sim/result/run_result.hpp"

namespace lacuna {

/// A result with other prices, without simulating again: counts and cycles as they are in `file` (a result.json),
/// energy and area by what `overrides` say of "/energy" (and "/run/extrapolate"). It is what a run with these overrides
/// would have given, but for the PEs' own counts, which a result.json does not hold. Throws Error (bad_input) for a
/// file that is no result, for an override of anything else, and for prices that do not fit the chip.
RunResult reprice(const std::string& file, const std::vector<Override>& overrides);

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sim/result/run_result.hpp"

namespace lacuna {

/// result.json: schema_version, program, inputs, labels, config, layers, totals (over the conv layers and over all
/// layers, and the prices used). The same result gives the same bytes: keys in a fixed order, shortest decimals that
/// read back to the same double, no time of day. A number that does not exist (sqnr_db of an exact layer) is null.
std::string result_json(const RunResult& result);

}  // namespace lacuna

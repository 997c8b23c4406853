// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "sim/result/layer_result.hpp"

namespace lacuna {

/// layers.csv: a header and one row per layer, fields quoted as RFC 4180 has it, lines ended by a line feed. Maps
/// become one column per key that any layer has ("counts.mac.op", "energy_pj.noc", "stall_cycles.link"); what a layer
/// does not have is an empty cell, not a zero.
std::string layers_csv(const std::vector<LayerResult>& layers);

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "sim/result/layer_result.hpp"
#include "workloads/json/json_view.hpp"

namespace lacuna {

/// The layers of a result.json, all fields of each; a number that does not exist (null) is NaN. `layers` is the array.
/// Throws Error (bad_input), with file and place, for a layer that lacks a field or has one of another type.
std::vector<LayerResult> read_layers(const JsonView& layers);

}  // namespace lacuna

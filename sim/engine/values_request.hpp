// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sim/config/experiment.hpp"
#include "sim/values/network_values.hpp"
#include "workloads/weight/weight_set.hpp"

namespace lacuna {

/// The values of an experiment's network on its images, as the MACs of its chip compute them under `precision`. Borrows
/// experiment and weights. Nothing is cached, and no order of additions is known.
ValuesRequest values_request(const Experiment& experiment, const WeightSet& weights, const NetworkPrecision& precision);

/// Throws Error (bad_input) where sums of the experiment's MAC depend on the order of a mapping (an accumulator that
/// saturates), which `command` does not know.
void refuse_saturation(const Experiment& experiment, const std::string& command);

}  // namespace lacuna

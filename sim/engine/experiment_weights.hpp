// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "sim/config/experiment.hpp"
#include "workloads/weight/weight_set.hpp"

namespace lacuna {

/// The weights of a run, its seed added to that of synthetic ones.
std::unique_ptr<WeightSet> weights_of(const Experiment& experiment);

}  // namespace lacuna

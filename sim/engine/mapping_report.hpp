// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sim/config/experiment.hpp"

namespace lacuna {

/// The mapping of every layer of an experiment and what it costs by closed form (and as simulated, where the search
/// did), as text; with `explain`, its loop nest, what each buffer holds and what limits the layer. Nothing is run on
/// values. Throws Error (bad_input) as plan_layers does.
std::string mapping_report(const Experiment& experiment, bool explain);

}  // namespace lacuna

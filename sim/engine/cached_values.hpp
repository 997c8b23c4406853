// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sim/config/experiment.hpp"
#include "sim/values/network_values.hpp"

namespace lacuna {

/// What the cached values of an experiment depend on, from the digests of its input files. The experiment outlives it.
CachedValues cached_values(const Experiment& experiment, ValuesCache* cache);

}  // namespace lacuna

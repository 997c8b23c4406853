// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "sim/config/experiment.hpp"
#include "sim/values/network_values.hpp"

namespace lacuna {

/// SHA-256 of this process's executable: no revision names a part that was added and not committed.
std::string executable_digest();

/// What the cached values of an experiment depend on, from the digests of its input files. The experiment outlives it.
CachedValues cached_values(const Experiment& experiment, ValuesCache* cache);

/// The files that the weights of all layers are read from, each once, in the order of the network. The experiment
/// simulates all layers.
std::vector<InputFile> weight_files(const Experiment& experiment);

}  // namespace lacuna

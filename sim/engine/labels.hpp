// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "sim/config/experiment.hpp"

namespace lacuna {

/// What a reader must know of the prices: that they are for another node than the chip, or for another than their
/// sources. "" where there is nothing to say.
std::string energy_label(const Experiment& experiment);

/// Puts the energy label of an experiment where labels have one of another price table, or behind that of the mapping.
void replace_energy_label(std::vector<std::string>& labels, const Experiment& experiment);

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "sim/config/experiment.hpp"

namespace lacuna {

/// What a reader must know of the words where they are of a precision with MACs of its own: what is not as a paper has
/// it, and on which MACs they run. "" where the chip's MACs are its own.
std::string words_label(const Experiment& experiment);

/// What a reader must know of the prices: that they are for another node than the chip, or for another than their
/// sources. "" where there is nothing to say.
std::string energy_label(const Experiment& experiment);

/// Puts the energy label of an experiment where labels have one of another price table, or behind that of the mapping.
void replace_energy_label(std::vector<std::string>& labels, const Experiment& experiment);

}  // namespace lacuna

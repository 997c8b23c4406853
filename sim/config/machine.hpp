// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/chip/config.hpp"
#include "sim/config/composer.hpp"
#include "sim/values/precision.hpp"

namespace lacuna {

/// Resolves and loads the section "chip", which is there. Throws Error (bad_input).
ChipConfig load_chip(Composer& composer);

/// Resolves and loads the section "precision"; where there is none, the one that the chip names. Throws Error
/// (bad_input).
Precision load_precision_for(Composer& composer, const ChipConfig& chip);

/// Whether all words of the precision are stored as those of the precision that the chip names. Throws Error
/// (bad_input).
bool has_own_words(const Composer& composer, const Precision& precision, const ChipConfig& chip);

/// Gives a chip of plain multipliers the MACs that the precision's words are meant for, where its own do not take them
/// and it is the chip's own file that names them.
void fit_macs(Composer& composer, const Precision& precision, ChipConfig& chip);

}  // namespace lacuna

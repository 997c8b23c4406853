// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sim/config/composer.hpp"
#include "sim/config/experiment.hpp"

namespace lacuna {

/// Says which weights "default" are, takes the ranges that belong to the weights, and refuses what is set beside them
/// and would change nothing: fields of weights and ranges that the run does not use, a seed where nothing is seeded.
/// Network, precision and the plain fields of the run are loaded.
void choose_weights(Composer& composer, Experiment& experiment);

/// Adds the files of the weights that the run reads to its inputs. Throws Error (bad_input) where one is missing.
void list_weight_files(Composer& composer, const Experiment& experiment);

}  // namespace lacuna

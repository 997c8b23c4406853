// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sim/cli/run_command.hpp"

namespace lacuna {

/// The window of "--wave conv1:0-2000". Throws Error (bad_input) where the text is no window, where it is longer than a
/// million cycles, or where its layer is not simulated.
WaveWindow parse_wave(const std::string& text, const Experiment& experiment);

}  // namespace lacuna

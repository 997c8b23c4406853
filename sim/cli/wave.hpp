// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sim/cli/run_command.hpp"
#include "sim/result/output.hpp"

namespace lacuna {

/// The window of "--wave conv1:0-2000". Throws Error (bad_input) where the text is no window, where it is longer than a
/// million cycles, or where its layer is not simulated.
WaveWindow parse_wave(const std::string& text, const Experiment& experiment);

/// The VCD of a run among its files: written beside its place, until the run has succeeded.
OutputFile wave_file(const WaveWindow& window);

/// Throws Error (run_failed) where the VCD written is not whole, as on a full disk: the SystemC library does not say.
void check_wave(const std::string& folder, const WaveWindow& window);

}  // namespace lacuna

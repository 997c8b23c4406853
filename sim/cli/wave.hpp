// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sim/cli/run_command.hpp"

namespace lacuna {

/// The window of "--wave conv1:0-2000". Throws Error (bad_input) where the text is no window, where it is longer than a
/// million cycles, or where its layer is not simulated.
WaveWindow parse_wave(const std::string& text, const Experiment& experiment);

/// Where the VCD of a run is written: beside its place, until the run has succeeded.
std::string partial_wave(const std::string& folder, const WaveWindow& window);

/// Throws Error (run_failed) where the VCD written is not whole, as on a full disk: the SystemC library does not say.
void check_wave(const std::string& folder, const WaveWindow& window);

/// Puts the VCD in its place and returns that: FOLDER/LAYER.vcd. Throws Error (run_failed).
std::string commit_wave(const std::string& folder, const WaveWindow& window);

}  // namespace lacuna

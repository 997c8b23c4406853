// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "sim/config/experiment.hpp"

namespace lacuna {

/// The cycles of one layer whose signals are written as a VCD, first and last included.
struct WaveWindow {
  std::string layer;
  std::int64_t first_cycle = 0;
  std::int64_t last_cycle = 0;
};

/// What a run leaves behind, and where. Changes no result.
struct RunOutput {
  std::string folder = "lacuna-out";
  std::optional<WaveWindow> wave;
  std::string trace;  ///< file of the timeline, "" = none
  std::string cache;  ///< folder of values that were computed before; "" = none
};

/// Simulates an experiment, prints its table and writes its results. Returns the exit code.
int run_command(const Experiment& experiment, const RunOutput& output);

}  // namespace lacuna

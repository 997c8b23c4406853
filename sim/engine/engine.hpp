// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "hw/chip/layer_run.hpp"
#include "sim/config/experiment.hpp"
#include "sim/result/run_result.hpp"
#include "sim/values/values_cache.hpp"

namespace lacuna {

class RunTrace;

/// What a caller may ask of a run besides its result. None of it changes a result.
struct EngineHooks {
  /// Layer `layer` of `layers` (from 0) has done `passes` of `all_passes`.
  std::function<void(const std::string& name, std::int64_t passes, std::int64_t all_passes)> progress;
  /// Where values that were computed before are; null: everything is computed.
  ValuesCache* cache = nullptr;
  /// What writes the timeline of the run; null: nothing is recorded.
  RunTrace* trace = nullptr;
  /// Signals of one layer to record.
  std::string wave_layer;
  WaveRequest wave;
  /// Damage that every layer suffers, for tests that show that it is seen. (It does change the result.)
  Faults faults;
};

/// Runs an experiment: values, mapping, simulation, accounting. Throws Error (bad_input) before anything is simulated,
/// and Error (run_failed) on a deadlock, a broken law, or an ofmap word that differs from the exact layer.
RunResult run_experiment(const Experiment& experiment, const EngineHooks& hooks);

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hw/array/schedule.hpp"
#include "hw/chip/layer_run.hpp"
#include "sim/config/experiment.hpp"
#include "sim/result/run_result.hpp"
#include "sim/trace/chrome_trace.hpp"

namespace lacuna {

/// A layer that ran on the array, with its transfers and passes recorded (RunHooks::record). Nothing here is owned.
struct TracedLayer {
  const std::string& name;
  const std::string& kind;
  const LayerSchedule& schedule;
  const LayerRun& run;
  std::int64_t weight_bits = 16;      ///< of a word in the global buffer
  std::int64_t activation_bits = 16;  ///< likewise
};

/// What every unit of the chip did when, as a timeline of the whole run (--trace). Layers follow one another on one
/// time base, each from the start of its first transfer to the end of its last one; host layers take no time. The same
/// for both levels, byte for byte. What it shows is described in sim/trace/README.md.
class RunTrace {
 public:
  /// Throws Error (bad_input) where the file cannot be written. Keeps a reference to the experiment.
  RunTrace(const std::string& path, const Experiment& experiment);

  void layer(const TracedLayer& layer);
  void host_layer(const std::string& name, const std::string& kind);
  /// Ends the file, beside its place. Throws Error (run_failed).
  void finish(const RunResult& result);
  /// Puts it there. Throws Error (run_failed).
  void commit() { trace_.commit(); }

 private:
  void add_layer(const TracedLayer& layer);
  void add_transfers(const TracedLayer& layer);
  void add_passes(const TracedLayer& layer);
  void add_waits(const TracedLayer& layer);
  void add_occupancy(const TracedLayer& layer);
  void add_stalled_pes(const TracedLayer& layer);
  /// The first track of passes that is free at that edge.
  std::int64_t track_of_pass(std::int64_t first, std::int64_t end);

  const Experiment& experiment_;
  ChromeTrace trace_;
  std::int64_t base_ = 0;                  ///< edges of all layers before
  std::vector<std::int64_t> pass_tracks_;  ///< edge from which each is free
};

}  // namespace lacuna

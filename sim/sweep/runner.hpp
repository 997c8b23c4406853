// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "sim/sweep/points.hpp"

namespace lacuna {

/// How far a sweep is.
struct SweepProgress {
  std::int64_t points = 0;
  std::int64_t kept = 0;  ///< were there already
  std::int64_t ok = 0;
  std::int64_t refused = 0;
  std::int64_t failed = 0;
  std::int64_t crashed = 0;
  std::int64_t stale = 0;        ///< refused now; results of before stand
  std::string stale_error = {};  ///< why the first of them is refused; "" until the end
  std::int64_t done() const { return kept + ok + refused + failed + crashed + stale; }
};

/// What a sweep is run with.
struct SweepRun {
  std::string database;
  std::string cache;  ///< folder of values to reuse; "" = none
  int jobs = 1;       ///< worker processes
  /// Called a few times a second, and at the end.
  std::function<void(const SweepProgress&)> progress;
};

/// Runs the points of a sweep that its database does not hold, in worker processes, each with points one after another.
/// A worker that dies takes one point with it, which is stored as crashed; another worker goes on. Returns when all
/// points are stored. Throws Error (run_failed) when they cannot be, or when the process is told to stop (SIGINT,
/// SIGTERM); what is stored stays. The calling process must not have other threads.
SweepProgress run_sweep(const SweepFile& sweep, const std::vector<SweepPoint>& points, const SweepRun& run);

}  // namespace lacuna

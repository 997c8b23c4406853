// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "sim/sweep/runner.hpp"
#include "sim/sweep/worker.hpp"

namespace lacuna {

/// What the processes of a sweep share: which points are taken, by whom, how they ended. It lies in memory that forked
/// processes have in common; a process that dies at any moment leaves it sound.
class SweepBoard {
 public:
  SweepBoard(std::int64_t points, int workers);
  ~SweepBoard();
  SweepBoard(const SweepBoard&) = delete;
  SweepBoard& operator=(const SweepBoard&) = delete;

  /// The next point of a worker, which takes them in small runs: neighbours on the last axis have most in common.
  /// Nothing when all are taken, or when the sweep is to stop.
  std::optional<std::int64_t> take(std::size_t worker);
  /// The point that a worker has taken and not counted.
  std::optional<std::int64_t> in_hand(std::size_t worker) const;
  void count(std::size_t worker, SweepWorker::Outcome outcome);
  void count_crash(std::size_t worker);
  SweepProgress progress() const;

  /// Keeps the first text that it is told, for the end.
  void note(const std::string& text);
  std::string noted() const;

  /// Nothing is taken any more; `message` says why.
  void stop(const std::string& message);
  std::string message() const;

 private:
  struct Shared;
  Shared* shared_;
  std::size_t bytes_;
};

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include "sim/sweep/runner.hpp"

#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <optional>

#include "hw/base/error.hpp"
#include "sim/sweep/point_request.hpp"
#include "sim/sweep/sweep_board.hpp"
#include "sim/sweep/worker.hpp"

namespace lacuna {
namespace {

constexpr int kMostDeathsWithoutPoint = 20;
constexpr int kCannotStore = 3;  // exit code of a worker: the message is on the board

volatile std::sig_atomic_t asked_to_stop = 0;

/// While it lives, SIGINT and SIGTERM ask the sweep to stop instead of ending the process.
class StopSignals {
 public:
  StopSignals() {
    struct sigaction action {};
    action.sa_handler = [](int) { asked_to_stop = 1; };
    asked_to_stop = 0;
    ::sigaction(SIGINT, &action, &old_interrupt_);
    ::sigaction(SIGTERM, &action, &old_terminate_);
  }
  ~StopSignals() { restore(); }
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;
  void restore() const {
    ::sigaction(SIGINT, &old_interrupt_, nullptr);
    ::sigaction(SIGTERM, &old_terminate_, nullptr);
  }

 private:
  struct sigaction old_interrupt_ {};
  struct sigaction old_terminate_ {};
};

/// The workers of one sweep, and the process that looks after them.
class Runner {
 public:
  Runner(const SweepFile& sweep, const std::vector<SweepPoint>& points, const SweepRun& run)
      : sweep_(sweep),
        points_(points),
        run_(run),
        board_(static_cast<std::int64_t>(points.size()), run.jobs),
        workers_(static_cast<std::size_t>(run.jobs), 0) {}
  ~Runner() { end_workers(); }
  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;

  SweepProgress run() {
    for (std::size_t slot = 0; slot < workers_.size(); ++slot) start(slot);
    while (running() > 0) {
      const timespec pause{0, 50'000'000};
      ::nanosleep(&pause, nullptr);
      if (asked_to_stop != 0) {
        end_workers();
        fail_run("stopped; " + stored() + "; the same command goes on");
      }
      reap();
      if (run_.progress) run_.progress(board_.progress());
    }
    SweepProgress progress = board_.progress();
    progress.stale_error = board_.noted();
    return progress;
  }

 private:
  std::int64_t running() const {
    return std::count_if(workers_.begin(), workers_.end(), [](pid_t worker) { return worker != 0; });
  }
  std::string stored() const {
    return run_.database + " holds " + std::to_string(board_.progress().done()) + " of " +
           std::to_string(points_.size()) + " points";
  }

  void start(std::size_t slot) {
    std::fflush(nullptr);  // what is buffered is written once, by one process
    const pid_t parent = ::getpid();
    const pid_t worker = ::fork();
    if (worker < 0) fail_run("no worker process can be made: " + std::string(std::strerror(errno)));
    if (worker > 0) {
      workers_[slot] = worker;
      return;
    }
    // An interrupt from the keyboard reaches all processes of the terminal: the runner alone acts on it.
    std::signal(SIGINT, SIG_IGN);
    std::signal(SIGTERM, SIG_IGN);
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // a sweep that is killed leaves no workers behind
    if (::getppid() != parent) ::_exit(1);
    ::_exit(work(slot));
  }

  /// The life of a worker.
  int work(std::size_t slot) {
    try {
      std::optional<ValuesCache> cache;
      if (!run_.cache.empty()) cache.emplace(run_.cache);
      SweepWorker worker(sweep_, run_.database, cache ? &*cache : nullptr);
      while (const std::optional<std::int64_t> position = board_.take(slot)) {
        const SweepWorker::Outcome outcome = worker.run(points_[static_cast<std::size_t>(*position)]);
        if (outcome == SweepWorker::Outcome::stale) board_.note(worker.stale_error());
        board_.count(slot, outcome);
      }
      return 0;
    } catch (const std::exception& error) {
      board_.stop(error.what());
      return kCannotStore;
    }
  }

  /// Looks after workers that have ended.
  void reap() {
    for (std::size_t slot = 0; slot < workers_.size(); ++slot) {
      int status = 0;
      if (workers_[slot] == 0 || ::waitpid(workers_[slot], &status, WNOHANG) != workers_[slot]) continue;
      workers_[slot] = 0;
      if (WIFEXITED(status) && WEXITSTATUS(status) == 0) continue;
      if (WIFEXITED(status) && WEXITSTATUS(status) == kCannotStore) {
        end_workers();
        fail_run(board_.message() + "; " + stored() + "; the same command goes on");
      }
      record_crash(slot, WIFSIGNALED(status)
                             ? "the worker process was ended by signal " + std::to_string(WTERMSIG(status)) + " (" +
                                   ::strsignal(WTERMSIG(status)) + ")"
                             : "the worker process exited with code " + std::to_string(WEXITSTATUS(status)));
      start(slot);
    }
  }

  void record_crash(std::size_t slot, const std::string& how) {
    const std::optional<std::int64_t> position = board_.in_hand(slot);
    if (!position) {
      // Killed between two points, as may happen; what happens again and again would go on for ever.
      if (++deaths_without_point_ > kMostDeathsWithoutPoint) {
        end_workers();
        fail_run("workers end before they take a point: " + how + "; " + stored());
      }
      return;
    }
    const SweepPoint& point = points_[static_cast<std::size_t>(*position)];
    PointRecord record;
    record.key = PointKeys(sweep_).key(point);
    record.status = PointStatus::crashed;
    record.error = how;
    record.command = command_of(sweep_, point);
    // A result of before stands: the worker may have died while it looked whether it is there.
    PointStore store(run_.database);
    if (!store.has_result(record.key)) store.put(record);
    board_.count_crash(slot);
  }

  void end_workers() {
    for (pid_t& worker : workers_) {
      if (worker == 0) continue;
      ::kill(worker, SIGKILL);
      ::waitpid(worker, nullptr, 0);
      worker = 0;
    }
  }

  const SweepFile& sweep_;
  const std::vector<SweepPoint>& points_;
  const SweepRun& run_;
  SweepBoard board_;
  std::vector<pid_t> workers_;
  int deaths_without_point_ = 0;
  StopSignals signals_;
};

}  // namespace

SweepProgress run_sweep(const SweepFile& sweep, const std::vector<SweepPoint>& points, const SweepRun& run) {
  return Runner(sweep, points, run).run();
}

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include "sim/sweep/sweep_board.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <atomic>
#include <cstring>
#include <new>

#include "hw/base/error.hpp"

namespace lacuna {
namespace {

constexpr std::int64_t kNone = -1;
constexpr std::int64_t kLongestRun = 16;
constexpr std::size_t kMessageBytes = 4096;

/// A worker's share.
struct Hand {
  std::atomic<std::int64_t> next{0};  ///< of its run
  std::atomic<std::int64_t> end{0};
  std::atomic<std::int64_t> position{kNone};  ///< in hand
};

}  // namespace

struct SweepBoard::Shared {
  std::int64_t points = 0;
  std::int64_t workers = 0;
  std::atomic<std::int64_t> taken{0};
  std::atomic<std::int64_t> kept{0};
  std::atomic<std::int64_t> ok{0};
  std::atomic<std::int64_t> refused{0};
  std::atomic<std::int64_t> failed{0};
  std::atomic<std::int64_t> crashed{0};
  std::atomic<std::int64_t> stale{0};
  std::atomic<int> stopping{0};  ///< 1: somebody writes the message, 2: it is there
  char message[kMessageBytes] = {};
  std::atomic<int> noting{0};  ///< as `stopping`, of the note
  char note[kMessageBytes] = {};

  Hand* hands() { return reinterpret_cast<Hand*>(this + 1); }
};

SweepBoard::SweepBoard(std::int64_t points, int workers)
    : bytes_(sizeof(Shared) + static_cast<std::size_t>(workers) * sizeof(Hand)) {
  void* memory = ::mmap(nullptr, bytes_, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) fail_run("no memory that the workers can share");
  shared_ = new (memory) Shared;
  shared_->points = points;
  shared_->workers = workers;
  for (int worker = 0; worker < workers; ++worker) new (shared_->hands() + worker) Hand;
}

SweepBoard::~SweepBoard() { ::munmap(shared_, bytes_); }

std::optional<std::int64_t> SweepBoard::take(std::size_t worker) {
  if (shared_->stopping != 0) return std::nullopt;
  Hand& hand = shared_->hands()[worker];
  // Whenever a worker dies in here, points are at worst left for the next run: none is taken twice.
  if (hand.next >= hand.end) {
    const std::int64_t left = std::max<std::int64_t>(0, shared_->points - shared_->taken);
    // The last runs are short, so that no worker is left with a long one.
    const std::int64_t run = std::clamp<std::int64_t>(left / (4 * shared_->workers), 1, kLongestRun);
    const std::int64_t first = shared_->taken.fetch_add(run);
    hand.next = std::min(first, shared_->points);
    hand.end = std::min(first + run, shared_->points);
  }
  if (hand.next >= hand.end) return std::nullopt;
  hand.position = hand.next.fetch_add(1);
  return hand.position.load();
}

std::optional<std::int64_t> SweepBoard::in_hand(std::size_t worker) const {
  const std::int64_t position = shared_->hands()[worker].position;
  return position == kNone ? std::nullopt : std::optional<std::int64_t>(position);
}

void SweepBoard::count(std::size_t worker, SweepWorker::Outcome outcome) {
  using Outcome = SweepWorker::Outcome;
  std::atomic<std::int64_t>& counter = outcome == Outcome::kept      ? shared_->kept
                                       : outcome == Outcome::ok      ? shared_->ok
                                       : outcome == Outcome::refused ? shared_->refused
                                       : outcome == Outcome::stale   ? shared_->stale
                                                                     : shared_->failed;
  shared_->hands()[worker].position = kNone;
  ++counter;
}

void SweepBoard::count_crash(std::size_t worker) {
  shared_->hands()[worker].position = kNone;
  ++shared_->crashed;
}

SweepProgress SweepBoard::progress() const {
  SweepProgress progress;
  progress.points = shared_->points;
  progress.kept = shared_->kept;
  progress.ok = shared_->ok;
  progress.refused = shared_->refused;
  progress.failed = shared_->failed;
  progress.crashed = shared_->crashed;
  progress.stale = shared_->stale;
  return progress;
}

namespace {

/// Writes a text once, whoever comes first.
void write_once(std::atomic<int>& state, char* to, const std::string& text) {
  int nobody = 0;
  if (!state.compare_exchange_strong(nobody, 1)) return;
  std::strncpy(to, text.c_str(), kMessageBytes - 1);
  state = 2;
}

}  // namespace

void SweepBoard::note(const std::string& text) { write_once(shared_->noting, shared_->note, text); }

std::string SweepBoard::noted() const { return shared_->noting == 2 ? shared_->note : ""; }

void SweepBoard::stop(const std::string& message) { write_once(shared_->stopping, shared_->message, message); }

std::string SweepBoard::message() const { return shared_->stopping == 2 ? shared_->message : "a worker has failed"; }

}  // namespace lacuna

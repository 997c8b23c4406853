// SPDX-License-Identifier: Apache-2.0
#include "hw/array/row_stationary/event/pass_timing.hpp"

#include <algorithm>

#include "hw/array/row_stationary/event/window_period.hpp"
#include "hw/array/row_stationary/program.hpp"
#include "hw/base/layer_shape.hpp"

namespace lacuna {

namespace {

/// Edges that the filters of one row of PEs take on their bus.
std::int64_t filter_beats(const RowStationaryGrid& grid, const RowStationaryUnits& units,
                          const RowStationaryPass& pass) {
  return ceil_div(pass.p * pass.q * grid.S, units.filter_lanes);
}

/// One pass, window step by window step: first the ifmap words of the step with their fills, then the MACs of all PEs,
/// then the psum beats up the chains. Each part needs nothing that comes later in this order: a spad holds a whole
/// window and all its psums, and both psum buses serve beats in one order.
class PassClock {
 public:
  PassClock(const RowStationaryGrid& grid, const RowStationaryUnits& units, const RowStationaryLatencies& latencies,
            const RowStationaryPass& pass, RowStationaryState& state)
      : grid_(grid), units_(units), lat_(latencies), pass_(pass), state_(state), period_(grid, pass) {}

  PassTiming run();

 private:
  void load_filters();
  void send_step();
  std::int64_t send_beat(std::int64_t earliest);
  void fill(std::int64_t pe, std::int64_t sent);
  void issue_window(std::int64_t pe);
  /// First edges at which a MAC could issue, by what it waits for, in the order in which a stall is booked.
  struct Waits {
    std::int64_t filters = 0;
    std::int64_t ifmap = 0;
    std::int64_t psum = 0;
  };
  std::int64_t wait(PeTiming& pe, const Waits& waits) const;
  void issue_first_tap(std::int64_t pe, Waits waits);
  void follow(std::int64_t edge, std::int64_t* ends) const;
  void move_psums();
  void move_beat();
  void repeat_windows();

  const RowStationaryGrid& grid_;
  const RowStationaryUnits& units_;
  const RowStationaryLatencies& lat_;
  const RowStationaryPass& pass_;
  RowStationaryState& state_;
  PassTiming timing_;
  WindowPeriod period_;
  IfmapProgram ifmap_;
  PsumProgram psum_;
  std::int64_t gate_ = 0;       ///< first edge at which ifmap words may be sent
  std::int64_t psum_gate_ = 0;  ///< first edge at which psum beats may be sent
  std::int64_t image_ = 0;
  std::int64_t window_ = 0;
  std::int64_t taps_ = 0;
  std::int64_t issues_ = 0;     ///< of a tap
  std::int64_t tap_edges_ = 0;  ///< that they take
  std::vector<std::vector<std::int64_t>> row_pes_;
  std::vector<std::int64_t> filters_ready_;       ///< per row of PEs (set, chain position)
  std::vector<std::vector<std::int64_t>> fills_;  ///< per PE: fills of the words of the image
  std::vector<std::int64_t> last_tap_;            ///< per PE and issue of the last tap of the window: its last edge
  std::vector<std::int64_t> live_;                ///< per PE: ifmap words that are in the spad and not dead
  std::vector<std::int64_t> beat_targets_;
};

PassTiming PassClock::run() {
  taps_ = pass_.q * grid_.S;
  issues_ = units_.issues(pass_.p);
  tap_edges_ = units_.tap_edges(pass_.p);
  timing_.pes.resize(static_cast<std::size_t>(grid_.pes()));
  fills_.resize(static_cast<std::size_t>(grid_.pes()));
  last_tap_.assign(static_cast<std::size_t>(grid_.pes() * issues_), 0);
  live_.assign(static_cast<std::size_t>(grid_.pes()), 0);
  const std::int64_t rows = grid_.rows(pass_.ev);
  row_pes_.assign(static_cast<std::size_t>(grid_.r * rows), {});
  for (std::int64_t ts = 0; ts < grid_.t; ++ts) {
    for (std::int64_t i = 0; i < grid_.chain(); ++i) {
      for (std::int64_t j = 0; j < pass_.ev; ++j) {
        row_pes_[static_cast<std::size_t>(i / grid_.R * rows + grid_.row_of(i, j))].push_back(grid_.pe(ts, i, j));
      }
    }
  }
  load_filters();
  gate_ = gate_of(grid_, units_, lat_, pass_);
  psum_gate_ = std::max(gate_, state_.psum_out_taken + lat_.end_to_psum_in);
  ifmap_.begin(grid_, pass_, units_.ifmap_order);
  psum_.begin(grid_, pass_, units_);
  for (image_ = 0; image_ < pass_.n; ++image_) {
    for (auto& fills : fills_) {
      fills.clear();
      fills.reserve(static_cast<std::size_t>(grid_.width(pass_.Ft) * pass_.q));
    }
    period_.begin();
    for (window_ = 0; window_ < pass_.Ft; ++window_) {
      send_step();
      for (std::int64_t pe = 0; pe < grid_.pes(); ++pe) {
        if (pe % grid_.e < pass_.ev) issue_window(pe);
      }
      move_psums();
      repeat_windows();
    }
  }
  timing_.end = state_.psum_out_taken;
  for (std::int64_t pe = 0; pe < grid_.pes(); ++pe) {
    timing_.last_busy = std::max(timing_.last_busy, timing_.pes[static_cast<std::size_t>(pe)].last_busy);
  }
  return timing_;
}

/// Where windows have begun to repeat, goes on to the last one of the image: it alone frees its words early. Beyond the
/// first window no gate and no filter is waited for any more.
void PassClock::repeat_windows() {
  constexpr std::int64_t kWorthIt = 3;               // windows: looking for a period costs a part of one
  const std::int64_t left = pass_.Ft - 2 - window_;  // windows between this one and the last
  if (left < kWorthIt) return;
  const std::optional<std::int64_t> period = period_.after_window(state_, timing_);
  if (!period) return;
  period_.repeat(left, state_, timing_);
  const auto new_words = static_cast<std::size_t>(grid_.new_columns() * pass_.q);
  for (auto& fills : fills_) {
    if (fills.empty()) continue;  // of a PE that sits out
    for (std::size_t word = 0; word < static_cast<std::size_t>(left) * new_words; ++word) {
      fills.push_back(fills[fills.size() - new_words] + *period);
    }
  }
  ifmap_.skip(left);
  psum_.skip(left);
  window_ += left;
}

void PassClock::load_filters() {
  const std::int64_t beats = filter_beats(grid_, units_, pass_);
  const std::int64_t rows = grid_.t * grid_.chain();
  for (std::int64_t row = 0; row < rows; ++row) {
    filters_ready_.push_back((row + 1) * beats - 1 + lat_.filter_to_issue);
  }
  timing_.filters_sent = rows * beats - 1;
}

void PassClock::send_step() {
  while (!ifmap_.done() && ifmap_.image == image_ && ifmap_.step == window_) {
    const std::int64_t earliest = std::max(state_.ifmap_sent + 1, gate_);
    const std::int64_t sent = send_beat(earliest);
    timing_.ifmap_stalls += sent - earliest;
    state_.ifmap_sent = sent;
    for (const std::int64_t pe : beat_targets_) fill(pe, sent);
  }
}

std::int64_t PassClock::send_beat(std::int64_t earliest) {
  const std::int64_t rows = grid_.rows(pass_.ev);
  beat_targets_.clear();
  std::int64_t sent = earliest;
  for (std::int64_t lane = 0; lane < units_.ifmap_lanes; ++lane) {
    if (ifmap_.done() || ifmap_.image != image_ || ifmap_.step != window_) break;
    const auto& pes = row_pes_[static_cast<std::size_t>(ifmap_.rr * rows + ifmap_.row)];
    for (const std::int64_t pe : pes) {
      // The credit of this word: the take of the word a FIFO depth before it, itself counted among those of the beat.
      const auto before = lane == 0 ? 0 : std::count(beat_targets_.begin(), beat_targets_.end(), pe);
      const std::int64_t back = units_.ifmap_fifo_words - before;
      sent = std::max(sent, state_.filled.at(pe, back) + lat_.take_to_credit);
      beat_targets_.push_back(pe);
    }
    ifmap_.advance();
  }
  return sent;
}

void PassClock::fill(std::int64_t pe, std::int64_t sent) {
  const auto index = static_cast<std::size_t>(pe);
  // The word takes the slot of the word Z before it. Of the Z - 1 words between, `live_` are still alive.
  const std::int64_t death = state_.died.at(pe, units_.ifmap_spad_words - live_[index]);
  const std::int64_t edge =
      std::max({sent + lat_.send_to_take, state_.filled.at(pe, 1) + 1, death + lat_.death_to_fill});
  state_.filled.push(pe, edge);
  fills_[index].push_back(edge);
  ++live_[index];
}

std::int64_t PassClock::wait(PeTiming& pe, const Waits& waits) const {
  const std::int64_t next = pe.last_busy + 1;
  const std::int64_t filters = std::max(next, waits.filters);
  const std::int64_t ifmap = std::max(filters, waits.ifmap);
  const std::int64_t issue = std::max(ifmap, waits.psum);
  pe.wait_filter += filters - next;
  pe.wait_ifmap += ifmap - filters;
  pe.wait_psum += issue - ifmap;
  pe.last_busy = issue + units_.mac.cycles - 1;
  return issue;
}

void PassClock::issue_window(std::int64_t pe) {
  const auto index = static_cast<std::size_t>(pe);
  PeTiming& timing = timing_.pes[index];
  const std::int64_t new_words = grid_.new_columns() * pass_.q;
  const std::int64_t all_words = grid_.span() * pass_.q;
  const std::int64_t first_word = window_ * new_words;
  const std::vector<std::int64_t>& fills = fills_[index];
  const bool last_window = window_ + 1 == pass_.Ft;
  const bool first_of_pass = window_ == 0 && image_ == 0;
  const std::int64_t dying = last_window ? all_words : new_words;  // words that no later window spans
  // The words of all windows but the first of an image were there for the window before, up to the new ones.
  const std::int64_t first_new_word = window_ == 0 ? 0 : all_words - new_words;
  std::int64_t* const last_taps = last_tap_.data() + pe * issues_;
  Waits waits;
  waits.filters = filters_ready_[static_cast<std::size_t>(pe / grid_.e)];
  // The first window of a pass starts when all its words are there; later MACs need their own word alone.
  waits.ifmap = fills[static_cast<std::size_t>(first_word + (first_of_pass ? all_words - 1 : 0))] + lat_.fill_to_issue;
  issue_first_tap(pe, waits);
  std::int64_t dead = 0;  // words of the window
  for (std::int64_t tap = 0; tap < taps_; ++tap) {
    const std::int64_t word = tap + (grid_.D == 1 ? 0 : tap / pass_.q * (grid_.D - 1) * pass_.q);
    if (tap > 0 && word >= first_new_word) {
      waits.ifmap = fills[static_cast<std::size_t>(first_word + word)] + lat_.fill_to_issue;
      wait(timing, waits);
      // A tap waits at its first issue alone: the others follow one by one.
      timing.last_busy += tap_edges_ - units_.mac.cycles;
    } else if (tap > 0) {
      timing.last_busy += tap_edges_;
    }
    for (; dead < std::min(word + 1, dying); ++dead) {
      state_.died.push(pe, timing.last_busy);
      --live_[index];
    }
  }
  if (taps_ > 1) follow(timing.last_busy - tap_edges_, last_taps);
}

/// The last edges of the issues of a tap that come one right after the other, behind a last edge.
void PassClock::follow(std::int64_t edge, std::int64_t* ends) const {
  for (std::int64_t issue = 0; issue < issues_; ++issue) {
    edge += units_.mac.cycles;
    ends[issue] = edge;
  }
}

/// The first tap of a window waits with each issue for the psum slots of all its filters: for that of the last one. All
/// psums of earlier windows are released by now, one after the other; f of this window have taken a slot each.
void PassClock::issue_first_tap(std::int64_t pe, Waits waits) {
  PeTiming& timing = timing_.pes[static_cast<std::size_t>(pe)];
  std::int64_t* const ends = last_tap_.data() + pe * issues_;
  const auto slot = [&](std::int64_t issue) {
    const std::int64_t f = std::min((issue + 1) * units_.mac.macs, pass_.p) - 1;
    return state_.released.at(pe, units_.psum_spad_words - f) + lat_.release_to_issue;
  };
  waits.psum = slot(0);
  const std::int64_t first = wait(timing, waits);
  if (slot(issues_ - 1) <= first + units_.mac.cycles) {  // no later slot was released later than this one
    follow(first - 1, ends);
    timing.last_busy = first + tap_edges_ - 1;
    return;
  }
  ends[0] = timing.last_busy;
  for (std::int64_t issue = 1; issue < issues_; ++issue) {
    waits.psum = slot(issue);
    wait(timing, waits);
    ends[issue] = timing.last_busy;
  }
}

void PassClock::move_psums() {
  while (!psum_.done() && psum_.image == image_ && psum_.x == window_) {
    move_beat();
    psum_.advance();
  }
}

void PassClock::move_beat() {
  const std::int64_t bottom = grid_.pe(psum_.ts, grid_.chain() - 1, psum_.j);
  const std::int64_t earliest = std::max(state_.psum_in_sent + 1, psum_gate_);
  std::int64_t sent = std::max(earliest, state_.combined.oldest(bottom) + lat_.take_to_credit);
  timing_.psum_in_stalls += sent - earliest;
  state_.psum_in_sent = sent;

  const std::int64_t lanes = psum_.lanes();
  const std::int64_t last_issue = (psum_.beat * units_.psum_lanes + lanes - 1) / units_.mac.macs;
  const std::int64_t column = psum_.ts * grid_.e + psum_.j;
  for (std::int64_t i = grid_.chain() - 1; i >= 0; --i) {
    const std::int64_t pe = grid_.pe(psum_.ts, i, psum_.j);
    const std::int64_t done = last_tap_[static_cast<std::size_t>(pe * issues_ + last_issue)] + lat_.issue_to_combine;
    const std::int64_t freed =
        i == 0 ? state_.output_taken.oldest(column) : state_.combined.oldest(grid_.pe(psum_.ts, i - 1, psum_.j));
    const std::int64_t start =
        std::max({state_.combined.at(pe, 1) + 1, done, sent + lat_.send_to_take, freed + lat_.take_to_credit});
    sent = start + units_.combine_cycles - 1;
    state_.combined.push(pe, sent);
    for (std::int64_t lane = 0; lane < lanes; ++lane) state_.released.push(pe, sent);
  }
  state_.psum_out_taken = std::max(state_.psum_out_taken + 1, sent + lat_.send_to_take);
  state_.output_taken.push(column, state_.psum_out_taken);
}

}  // namespace

std::int64_t gate_of(const RowStationaryGrid& grid, const RowStationaryUnits& units,
                     const RowStationaryLatencies& latencies, const RowStationaryPass& pass) {
  return grid.t * grid.chain() * filter_beats(grid, units, pass) - 1 + latencies.filters_to_gate;
}

PassTiming time_pass(const RowStationaryGrid& grid, const RowStationaryUnits& units,
                     const RowStationaryLatencies& latencies, const RowStationaryPass& pass,
                     RowStationaryState& state) {
  return PassClock(grid, units, latencies, pass, state).run();
}

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include "hw/array/row_stationary/event/timeline.hpp"

namespace lacuna {

PassTimeline::PassTimeline(const RowStationaryGrid& grid, const RowStationaryUnits& units,
                           const RowStationaryLatencies& latencies)
    : grid_(grid), units_(units), latencies_(latencies) {}

std::int64_t PassTimeline::intern(std::vector<std::int32_t> view) {
  const auto [entry, is_new] = views_.emplace(std::move(view), static_cast<std::int64_t>(view_of_.size()));
  if (is_new) view_of_.push_back(entry->first);
  return entry->second;
}

/// The view of the state that the pass before left, from an edge `gate` edges after its start.
std::int64_t PassTimeline::view_before(std::int64_t gate) {
  if (last_ == nullptr || is_past(last_->latest, gate)) {
    if (idle_view_ < 0) idle_view_ = intern(view_from(RowStationaryState(grid_, units_), 0));
    return idle_view_;
  }
  const auto [entry, is_new] = view_after_.emplace(std::make_pair(last_->id, gate), 0);
  if (is_new) entry->second = intern(view_from(last_->after, gate));
  return entry->second;
}

const PassTiming& PassTimeline::next(const RowStationaryPass& pass, std::int64_t delay) {
  const std::int64_t gate = gate_of(grid_, units_, latencies_, pass);
  const std::int64_t view = view_before(delay + gate);
  auto& timed = passes_[{view, {pass.ev, pass.p, pass.q, pass.n, pass.Ft}}];
  if (!timed) {
    RowStationaryState before = state_of(grid_, units_, view_of_[static_cast<std::size_t>(view)], gate);
    timed = std::make_unique<Timed>(std::move(before), static_cast<std::int64_t>(passes_.size()));
    timed->timing = time_pass(grid_, units_, latencies_, pass, timed->after);
    timed->latest = latest_edge(timed->after);
  }
  last_ = timed.get();
  return last_->timing;
}

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include "hw/array/row_stationary/event/pass_memo.hpp"

#include "hw/base/bounded_memo.hpp"

namespace lacuna {

PassMemo::PassMemo(const RowStationaryGrid& grid, const RowStationaryUnits& units,
                   const RowStationaryLatencies& latencies)
    : grid_(grid), units_(units), latencies_(latencies) {}

std::int64_t PassMemo::intern(std::vector<std::int32_t> view) {
  const auto [entry, is_new] = views_.emplace(std::move(view), static_cast<std::int64_t>(view_of_.size()));
  if (is_new) {
    view_of_.push_back(&entry->first);
    bytes_ += entry->first.size() * sizeof(std::int32_t);
  }
  return entry->second;
}

/// The view of the state that the pass before left, from an edge `gate` edges after its start.
std::int64_t PassMemo::view_after(const Timed* before, std::int64_t gate) {
  if (before == nullptr || is_past(before->latest, gate)) {
    if (idle_view_ < 0) idle_view_ = intern(view_from(RowStationaryState(grid_, units_), 0));
    return idle_view_;
  }
  const auto [entry, is_new] = view_after_.emplace(std::make_pair(before->id, gate), 0);
  if (is_new) {
    entry->second = intern(view_from(before->after, gate));
    bytes_ += sizeof *entry;
  }
  return entry->second;
}

const PassMemo::Timed& PassMemo::time(const RowStationaryPass& pass, const Timed* before, std::int64_t delay) {
  const std::int64_t gate = gate_of(grid_, units_, latencies_, pass);
  const std::int64_t view = view_after(before, delay + gate);
  auto& timed = passes_[{view, {pass.ev, pass.p, pass.q, pass.n, pass.Ft}}];
  if (!timed) {
    RowStationaryState state = state_of(grid_, units_, *view_of_[static_cast<std::size_t>(view)], gate);
    timed = std::make_unique<Timed>(std::move(state), static_cast<std::int64_t>(passes_.size()));
    timed->timing = time_pass(grid_, units_, latencies_, pass, timed->after);
    timed->latest = latest_edge(timed->after);
    bytes_ += sizeof *timed + timed->timing.pes.size() * sizeof(PeTiming) +
              view_of_[static_cast<std::size_t>(view)]->size() * sizeof(std::int64_t);
  }
  return *timed;
}

std::shared_ptr<PassMemo> pass_memo(const RowStationaryGrid& grid, const RowStationaryUnits& units,
                                    const RowStationaryLatencies& latencies) {
  constexpr std::size_t kLargestBytes = std::size_t{64} << 20;
  static BoundedMemo<PassMemo> memos(kLargestBytes);
  return memos.get(key_bytes(grid) + key_bytes(units) + key_bytes(latencies),
                   [&] { return std::make_shared<PassMemo>(grid, units, latencies); });
}

}  // namespace lacuna

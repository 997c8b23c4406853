// SPDX-License-Identifier: Apache-2.0
#include "hw/array/row_stationary/event/window_period.hpp"

namespace lacuna {

WindowPeriod::WindowPeriod(const RowStationaryGrid& grid, const RowStationaryPass& pass) {
  for (std::int64_t pe = 0; pe < grid.pes(); ++pe) {
    if (pe % grid.e < pass.ev) pes_.push_back(pe);
  }
  for (std::int64_t column = 0; column < grid.columns(); ++column) {
    if (column % grid.e < pass.ev) columns_.push_back(column);
  }
}

std::vector<std::int64_t> WindowPeriod::edges_of(const RowStationaryState& state, const PassTiming& timing) const {
  std::vector<std::int64_t> edges{state.ifmap_sent, state.psum_in_sent, state.psum_out_taken};
  edges.reserve(before_.size());
  for (const EdgeHistory* history : {&state.filled, &state.died, &state.released, &state.combined}) {
    for (const std::int64_t pe : pes_) history->append_to(edges, pe);
  }
  for (const std::int64_t column : columns_) state.output_taken.append_to(edges, column);
  for (const std::int64_t pe : pes_) edges.push_back(timing.pes[static_cast<std::size_t>(pe)].last_busy);
  return edges;
}

std::optional<std::int64_t> WindowPeriod::after_window(const RowStationaryState& state, const PassTiming& timing) {
  std::vector<std::int64_t> edges = edges_of(state, timing);
  bool repeats = !before_.empty();
  period_ = repeats ? edges.front() - before_.front() : 0;
  for (std::size_t i = 0; repeats && i < edges.size(); ++i) repeats = edges[i] - before_[i] == period_;
  before_ = std::move(edges);
  if (repeats) {
    last_ = timing;
    last_.ifmap_stalls -= timing_before_.ifmap_stalls;
    last_.psum_in_stalls -= timing_before_.psum_in_stalls;
    for (const std::int64_t pe : pes_) {
      PeTiming& stalls = last_.pes[static_cast<std::size_t>(pe)];
      const PeTiming& earlier = timing_before_.pes[static_cast<std::size_t>(pe)];
      stalls.wait_filter -= earlier.wait_filter;
      stalls.wait_ifmap -= earlier.wait_ifmap;
      stalls.wait_psum -= earlier.wait_psum;
    }
  }
  timing_before_ = timing;
  return repeats ? std::optional<std::int64_t>(period_) : std::nullopt;
}

void WindowPeriod::repeat(std::int64_t windows, RowStationaryState& state, PassTiming& timing) const {
  const std::int64_t edges = windows * period_;
  for (std::int64_t* edge : {&state.ifmap_sent, &state.psum_in_sent, &state.psum_out_taken}) *edge += edges;
  for (EdgeHistory* history : {&state.filled, &state.died, &state.released, &state.combined}) {
    for (const std::int64_t pe : pes_) history->delay(pe, edges);
  }
  for (const std::int64_t column : columns_) state.output_taken.delay(column, edges);
  timing.ifmap_stalls += windows * last_.ifmap_stalls;
  timing.psum_in_stalls += windows * last_.psum_in_stalls;
  for (const std::int64_t pe : pes_) {
    PeTiming& stalls = timing.pes[static_cast<std::size_t>(pe)];
    const PeTiming& each = last_.pes[static_cast<std::size_t>(pe)];
    stalls.wait_filter += windows * each.wait_filter;
    stalls.wait_ifmap += windows * each.wait_ifmap;
    stalls.wait_psum += windows * each.wait_psum;
    stalls.last_busy += edges;
  }
}

}  // namespace lacuna

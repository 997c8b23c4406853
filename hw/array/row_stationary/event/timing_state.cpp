// SPDX-License-Identifier: Apache-2.0
#include "hw/array/row_stationary/event/timing_state.hpp"

#include <algorithm>

namespace lacuna {

namespace {

/// Before the first edge: old enough to hold nothing back.
constexpr std::int64_t kLongAgo = -1024;
/// No event of a pass looks back before its gate, and none waits longer than this after an older one (the longest
/// latency between units is that of a psum through the MAC, 3 edges).
constexpr std::int64_t kFloor = -4;

}  // namespace

RowStationaryState::RowStationaryState(const RowStationaryGrid& grid, const RowStationaryUnits& units)
    : ifmap_sent(kLongAgo),
      psum_in_sent(kLongAgo),
      psum_out_taken(kLongAgo),
      filled(grid.pes(), units.ifmap_fifo_words, kLongAgo),
      died(grid.pes(), units.ifmap_spad_words, kLongAgo),
      released(grid.pes(), units.psum_spad_words, kLongAgo),
      combined(grid.pes(), units.psum_fifo_beats, kLongAgo),
      output_taken(grid.columns(), units.output_fifo_beats, kLongAgo) {}

std::vector<std::int32_t> view_from(const RowStationaryState& state, std::int64_t gate) {
  std::vector<std::int32_t> view;
  state.visit(
      [&view, gate](std::int64_t edge) { view.push_back(static_cast<std::int32_t>(std::max(edge - gate, kFloor))); });
  return view;
}

std::int64_t latest_edge(const RowStationaryState& state) {
  std::int64_t latest = state.ifmap_sent;
  state.visit([&latest](std::int64_t edge) { latest = std::max(latest, edge); });
  return latest;
}

bool is_past(std::int64_t edge, std::int64_t gate) { return edge - gate <= kFloor; }

RowStationaryState state_of(const RowStationaryGrid& grid, const RowStationaryUnits& units,
                            const std::vector<std::int32_t>& view, std::int64_t gate) {
  RowStationaryState state(grid, units);
  std::size_t next = 0;
  state.ifmap_sent = gate + view[next++];
  state.psum_in_sent = gate + view[next++];
  state.psum_out_taken = gate + view[next++];
  for (EdgeHistory* history : {&state.filled, &state.died, &state.released, &state.combined, &state.output_taken}) {
    for (std::int64_t unit = 0; unit < history->units(); ++unit) {
      for (std::int64_t back = history->depth(); back >= 1; --back) history->push(unit, gate + view[next++]);
    }
  }
  return state;
}

}  // namespace lacuna

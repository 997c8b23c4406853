// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/array/row_stationary/event/timing_state.hpp"
#include "hw/array/row_stationary/pass.hpp"

namespace lacuna {

/// Latencies of the machine, in edges, as the recurrences use them. The clocked model has them in its structure; the
/// conformance suite hands the event model perturbed copies and must see the difference.
struct RowStationaryLatencies {
  std::int64_t send_to_take = 2;      ///< of every link
  std::int64_t take_to_credit = 1;    ///< of every link
  std::int64_t filter_to_issue = 2;   ///< from the last filter beat of a row to an issue
  std::int64_t fill_to_issue = 1;     ///< from the fill of an ifmap word to an issue
  std::int64_t death_to_fill = 1;     ///< from the death of an ifmap word to the fill of its slot
  std::int64_t release_to_issue = 1;  ///< from the release of a psum slot to its first issue
  std::int64_t issue_to_combine = 3;  ///< from the last edge of the last issue of a psum to its combine
  std::int64_t filters_to_gate = 1;   ///< from the last filter beat to the first ifmap word and psum beat
  std::int64_t end_to_psum_in = 1;    ///< from the end of a pass to the first psum beat of the next
};

/// Stalls of one PE from the start of a pass to the last edge of its last issue, and that edge, relative to the start.
struct PeTiming {
  std::int64_t wait_filter = 0;
  std::int64_t wait_ifmap = 0;
  std::int64_t wait_psum = 0;
  std::int64_t last_busy = -1;
};

/// What a pass gave, relative to its start.
struct PassTiming {
  std::int64_t filters_sent = 0;
  std::int64_t last_busy = 0;  ///< of all PEs
  std::int64_t end = 0;
  std::int64_t ifmap_stalls = 0;
  std::int64_t psum_in_stalls = 0;
  std::vector<PeTiming> pes;  ///< by RowStationaryGrid::pe; untouched for PEs that sit out
};

/// First edge at which a pass that starts at edge 0 may send ifmap words and psum beats: its filters come before. No
/// event of the pass looks at what the passes before left until then.
std::int64_t gate_of(const RowStationaryGrid& grid, const RowStationaryUnits& units,
                     const RowStationaryLatencies& latencies, const RowStationaryPass& pass);

/// Times a pass that starts at edge 0, by recurrences over words, MACs and beats: no edge is visited in which nothing
/// happens. Equal, edge by edge, to the clocked model. `state` is what the passes before left, and becomes what this
/// pass leaves.
PassTiming time_pass(const RowStationaryGrid& grid, const RowStationaryUnits& units,
                     const RowStationaryLatencies& latencies, const RowStationaryPass& pass, RowStationaryState& state);

}  // namespace lacuna

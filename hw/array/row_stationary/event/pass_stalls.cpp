// SPDX-License-Identifier: Apache-2.0
#include "hw/array/row_stationary/event/pass_stalls.hpp"

#include <algorithm>

namespace lacuna {
namespace {

/// Per column of a set: the last pass that it takes part in, -1 if there is none.
std::vector<std::int64_t> last_passes(const RowStationarySchedule& schedule) {
  std::vector<std::int64_t> last(static_cast<std::size_t>(schedule.grid.e), -1);
  for (std::int64_t pass = 0; pass < schedule.passes; ++pass) {
    std::fill_n(last.begin(), schedule.pass_list[static_cast<std::size_t>(pass)].ev, pass);
  }
  return last;
}

/// What a PE does from the start of a pass to the end of its last issue; nothing, where it sits the pass out.
PeTiming timing_of(const TimedPass& pass, const RowStationaryGrid& grid, std::int64_t pe, bool takes_part) {
  PeTiming timing = pass.timing->pes[static_cast<std::size_t>(pe)];
  if (!takes_part || pass.arrival.early.empty()) return timing;
  const std::int64_t early = pass.arrival.early[static_cast<std::size_t>(pe / grid.e)];
  timing.last_busy += pass.arrival.delay;
  timing.wait_filter += pass.arrival.delay - early;
  timing.wait_ifmap += early;
  return timing;
}

/// Adds what a PE does in the span of a pass. `last` is the last pass that it takes part in.
void add_pe(const PeTiming& pe, bool takes_part, std::int64_t pass, std::int64_t last, std::int64_t link,
            PassActivity& span) {
  const std::int64_t busy = takes_part ? pe.last_busy + 1 : 0;  // edges that its timing tells of
  const std::int64_t after = span.edges - link - busy;
  span.stalls[0] += pe.wait_filter;
  span.stalls[1] += pe.wait_ifmap;
  span.stalls[2] += pe.wait_psum;
  (last >= pass ? span.stalls[3] : span.idle) += link;
  (last > pass ? span.stalls[0] : span.idle) += after;
}

}  // namespace

std::vector<PassActivity> row_stationary_pass_activity(const RowStationarySchedule& schedule,
                                                       const std::vector<TimedPass>& timings,
                                                       const std::vector<PassRecord>& records) {
  const std::vector<std::int64_t> last = last_passes(schedule);
  std::vector<PassActivity> passes(records.size());
  for (std::size_t pass = 0; pass < passes.size(); ++pass) {
    const bool is_last = pass + 1 == passes.size();
    PassActivity& span = passes[pass];
    span.first = records[pass].start_without_link;
    span.edges = (is_last ? records[pass].end + 1 : records[pass + 1].start_without_link) - span.first;
    span.stalls.assign(4, 0);
    for (std::int64_t pe = 0; pe < schedule.grid.pes(); ++pe) {
      const std::int64_t column = pe % schedule.grid.e;
      const bool takes_part = column < schedule.pass_list[pass].ev;
      add_pe(timing_of(timings[pass], schedule.grid, pe, takes_part), takes_part, static_cast<std::int64_t>(pass),
             last[static_cast<std::size_t>(column)], records[pass].link_wait(), span);
    }
  }
  return passes;
}

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include "hw/array/systolic/event/pass_stalls.hpp"

#include "hw/array/corner_union.hpp"

namespace lacuna {

std::vector<PassActivity> systolic_pass_activity(const SystolicSchedule& schedule,
                                                 const std::vector<SystolicPassEdges>& edges) {
  const SystolicArrayShape& array = schedule.array;
  std::vector<PassActivity> passes(edges.size());
  CornerUnion covered(array.rows);  // by this pass or one after it: from the last pass back
  for (std::size_t pass = passes.size(); pass-- > 0;) {
    const SystolicFold fold(array, schedule.pass_list[pass]);
    covered.add(fold.rows, fold.columns);
    const std::int64_t link = edges[pass].record.link_wait();
    const std::int64_t taking_part = fold.rows * fold.columns;
    PassActivity& span = passes[pass];
    span.first = pass == 0 ? 0 : edges[pass - 1].record.end + 1;
    span.edges = edges[pass].record.end + 1 - span.first;
    span.stalls = {taking_part * edges[pass].load, taking_part * (edges[pass].compute - fold.busy()),
                   covered.pes() * link, taking_part * edges[pass].weight};
    span.idle = array.rows * array.columns * span.edges - taking_part * (edges[pass].load + edges[pass].compute) -
                span.stalls[2] - span.stalls[3];
  }
  return passes;
}

}  // namespace lacuna

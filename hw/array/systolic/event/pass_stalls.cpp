// SPDX-License-Identifier: Apache-2.0
#include "hw/array/systolic/event/pass_stalls.hpp"

#include <algorithm>
#include <numeric>

namespace lacuna {

std::vector<PassActivity> systolic_pass_activity(const SystolicSchedule& schedule,
                                                 const std::vector<SystolicPassEdges>& edges) {
  const SystolicArrayShape& array = schedule.array;
  std::vector<PassActivity> passes(edges.size());
  // From the last pass back: how far each row is covered by this pass or one after it.
  std::vector<std::int64_t> covered(static_cast<std::size_t>(array.rows), 0);
  for (std::size_t pass = passes.size(); pass-- > 0;) {
    const SystolicFold fold(array, schedule.pass_list[pass]);
    for (std::int64_t i = 0; i < fold.rows; ++i) {
      std::int64_t& columns = covered[static_cast<std::size_t>(i)];
      columns = std::max(columns, fold.columns);
    }
    const std::int64_t waiting = std::accumulate(covered.begin(), covered.end(), std::int64_t{0});
    const std::int64_t link = edges[pass].record.link_wait();
    const std::int64_t taking_part = fold.rows * fold.columns;
    PassActivity& span = passes[pass];
    span.first = pass == 0 ? 0 : edges[pass - 1].record.end + 1;
    span.edges = edges[pass].record.end + 1 - span.first;
    span.stalls = {taking_part * edges[pass].load, taking_part * (edges[pass].compute - fold.steps), waiting * link};
    span.idle = array.rows * array.columns * span.edges - taking_part * (edges[pass].load + edges[pass].compute) -
                span.stalls[2];
  }
  return passes;
}

}  // namespace lacuna

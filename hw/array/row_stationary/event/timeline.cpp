// SPDX-License-Identifier: Apache-2.0
#include "hw/array/row_stationary/event/timeline.hpp"

namespace lacuna {

PassTimeline::PassTimeline(const RowStationaryGrid& grid, const RowStationaryUnits& units,
                           const RowStationaryLatencies& latencies)
    : memo_(pass_memo(grid, units, latencies)) {}

const PassTiming& PassTimeline::next(const RowStationaryPass& pass, std::int64_t delay) {
  last_ = &memo_->time(pass, last_, delay);
  return last_->timing;
}

}  // namespace lacuna

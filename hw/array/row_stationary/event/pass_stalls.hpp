// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "hw/array/array_activity.hpp"
#include "hw/array/pass_record.hpp"
#include "hw/array/row_stationary/event/filter_arrival.hpp"
#include "hw/array/row_stationary/event/pass_timing.hpp"
#include "hw/array/row_stationary/schedule.hpp"

namespace lacuna {

/// A pass of the layer: its timing from the edge on at which its filters would have come without a pause, and how late
/// they came.
struct TimedPass {
  const PassTiming* timing = nullptr;
  FilterArrival arrival;
};

/// What all PEs did in the span of each pass, from the timing and the record of every pass of the layer.
std::vector<PassActivity> row_stationary_pass_activity(const RowStationarySchedule& schedule,
                                                       const std::vector<TimedPass>& timings,
                                                       const std::vector<PassRecord>& records);

}  // namespace lacuna

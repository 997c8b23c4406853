// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <systemc>
#include <vector>

#include "hw/array/event_array.hpp"
#include "hw/array/row_stationary/activity.hpp"
#include "hw/array/row_stationary/event/filter_arrival.hpp"
#include "hw/array/row_stationary/event/gating.hpp"
#include "hw/array/row_stationary/event/pass_stalls.hpp"
#include "hw/array/row_stationary/event/pass_tally.hpp"
#include "hw/array/row_stationary/event/timeline.hpp"
#include "hw/array/row_stationary/event/timing_parameters.hpp"

namespace lacuna {

/// The event-driven row-stationary array: one wake per pass. A pass's edges come from the recurrences, its counts from
/// its shape and from non-zeros counted per row; its products are left to the arithmetic that event-driven arrays
/// share.
class RowStationaryEvent : public EventArray {
 public:
  RowStationaryEvent(const sc_core::sc_module_name& name, const RowStationarySchedule& schedule,
                     const ArraySetup& setup);

  ArrayActivity activity() const override;

 private:
  void run_pass(std::int64_t allowed) override;
  void count_macs(const RowStationaryPass& running);
  void count_buffer(const RowStationaryPass& pass);
  void make_products(const RowStationaryPass& running);

  const RowStationarySchedule& schedule_;
  const RowStationaryTimingParameters parameters_;
  FilterArrivals arrivals_;
  PassTimeline timeline_;
  GatingCounter gating_;
  PassTally tally_;
  const PassTiming* timing_ = nullptr;  ///< of the pass before
  std::int64_t loading_ = 0;            ///< edge from which on its filters would have come without a pause
  std::int64_t first_delay_ = 0;        ///< of the filters of the first pass
  const bool decodes_;                  ///< filters come from a weight decoder
  const bool record_passes_;
  std::vector<TimedPass> timings_;  ///< of each pass, where passes are recorded
};

}  // namespace lacuna

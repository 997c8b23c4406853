// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <systemc>
#include <vector>

#include "hw/array/event_array.hpp"
#include "hw/array/row_stationary/activity.hpp"
#include "hw/array/row_stationary/event/gating.hpp"
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
  PassTimeline timeline_;
  GatingCounter gating_;
  PassTally tally_;
  const PassTiming* timing_ = nullptr;  ///< of the pass before
  const bool record_passes_;
  std::vector<const PassTiming*> timings_;  ///< of each pass, where passes are recorded
};

}  // namespace lacuna

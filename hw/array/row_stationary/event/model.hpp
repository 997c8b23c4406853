// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <systemc>
#include <vector>

#include "hw/array/array_model.hpp"
#include "hw/array/row_stationary/activity.hpp"
#include "hw/array/row_stationary/event/gating.hpp"
#include "hw/array/row_stationary/event/pass_tally.hpp"
#include "hw/array/row_stationary/event/timeline.hpp"
#include "hw/array/row_stationary/event/timing_parameters.hpp"

namespace lacuna {

/// The event-driven row-stationary array: one wake per pass. A pass's edges come from the recurrences, its counts from
/// its shape and from non-zeros counted per row; its products are left to the arithmetic that event-driven arrays
/// share.
class RowStationaryEvent : public sc_core::sc_module, public EventArray {
 public:
  sc_core::sc_in<std::uint32_t> passes_allowed{"passes_allowed"};

  RowStationaryEvent(const sc_core::sc_module_name& name, const RowStationarySchedule& schedule,
                     const ArraySetup& setup);

  sc_core::sc_in<std::uint32_t>& passes_allowed_port() override { return passes_allowed; }
  const std::vector<PassRecord>& records() const override { return records_; }
  ArrayActivity activity() const override;
  std::string state() const override;

 private:
  void on_allowed();
  void run_pass(std::int64_t start);
  void count_buffer(const RowStationaryPass& pass);
  void make_products(const RowStationaryPass& pass);

  const RowStationarySchedule& schedule_;
  const MacDatapath& datapath_;
  GlobalBuffer& buffer_;
  const EventBuffer& operands_;
  EventPsums& psums_;
  const sc_core::sc_time period_;
  std::function<void()> progress_;
  const RowStationaryTimingParameters parameters_;
  PassTimeline timeline_;
  GatingCounter gating_;
  PassTally tally_;
  std::vector<PassRecord> records_;
  std::int64_t pass_ = 0;
  const PassTiming* timing_ = nullptr;  ///< of the pass before
};

}  // namespace lacuna

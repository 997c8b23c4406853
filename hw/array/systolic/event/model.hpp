// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <systemc>
#include <vector>

#include "hw/array/array_model.hpp"
#include "hw/array/systolic/event/gating.hpp"
#include "hw/array/systolic/event/tally.hpp"
#include "hw/array/systolic/event/timing.hpp"

namespace lacuna {

/// The event-driven systolic array: one wake per pass. Its edges come in closed form, its counts from its shape and
/// from counted non-zeros; its products are those of its box.
class SystolicEvent : public sc_core::sc_module, public EventArray {
 public:
  sc_core::sc_in<std::uint32_t> passes_allowed{"passes_allowed"};

  SystolicEvent(const sc_core::sc_module_name& name, const SystolicSchedule& schedule, const ArraySetup& setup);

  sc_core::sc_in<std::uint32_t>& passes_allowed_port() override { return passes_allowed; }
  const std::vector<PassRecord>& records() const override { return records_; }
  ArrayActivity activity() const override;
  std::string state() const override;

 private:
  void on_allowed();
  void run_pass(std::int64_t allowed);
  void make_products(const SystolicPass& pass);
  void count_words(const SystolicPass& pass, const SystolicFold& fold);

  const SystolicSchedule& schedule_;
  const MacDatapath& datapath_;
  GlobalBuffer& buffer_;
  const EventBuffer& operands_;
  EventPsums& psums_;
  const sc_core::sc_time period_;
  std::function<void()> progress_;
  SystolicTimeline timeline_;
  SystolicGatingCounter gating_;
  SystolicTally tally_;
  SystolicLinkCounts links_;
  std::vector<PassRecord> records_;
  std::int64_t pass_ = 0;  ///< passes started
};

}  // namespace lacuna

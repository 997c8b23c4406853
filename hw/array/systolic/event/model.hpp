// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <systemc>
#include <vector>

#include "hw/array/event_array.hpp"
#include "hw/array/systolic/event/gating.hpp"
#include "hw/array/systolic/event/tally.hpp"
#include "hw/array/systolic/event/timing.hpp"

namespace lacuna {

/// The event-driven systolic array: one wake per pass. Its edges come in closed form, its counts from its shape and
/// from counted non-zeros; its products are those of its box.
class SystolicEvent : public EventArray {
 public:
  SystolicEvent(const sc_core::sc_module_name& name, const SystolicSchedule& schedule, const ArraySetup& setup);

  ArrayActivity activity() const override;

 private:
  void run_pass(std::int64_t allowed) override;
  void make_products(const SystolicPass& pass);
  void count_words(const SystolicPass& pass, const SystolicFold& fold);

  const SystolicSchedule& schedule_;
  SystolicTimeline timeline_;
  SystolicGatingCounter gating_;
  SystolicTally tally_;
  SystolicLinkCounts links_;
  const bool decodes_;  ///< filters come from a weight decoder
  const bool record_passes_;
  std::vector<SystolicPassEdges> edges_;  ///< of each pass, where passes are recorded
};

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include "hw/array/dual_csc/clocked/model.hpp"

namespace lacuna {

DualCscClocked::DualCscClocked(const DualCscSchedule& schedule, const ArraySetup& setup)
    : ClockedModel(setup, schedule) {
  share(setup, schedule.pass_list.size());
  context_.buffer = setup.buffer;
  context_.weights = setup.weights;
  context_.link_bits = setup.link_bits;
  array_ = std::make_unique<DualCscArray>("array", context_, *setup.clock, setup.progress);
}

ArrayActivity DualCscClocked::activity() const {
  ArrayActivity activity = dual_csc_activity(context_.array(), array_->mac_counts(), array_->words(),
                                             context_.schedule->shape().macs(), mac_events_);
  activity.passes = array_->pass_activity();
  return activity;
}

}  // namespace lacuna

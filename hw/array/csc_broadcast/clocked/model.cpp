// SPDX-License-Identifier: Apache-2.0
#include "hw/array/csc_broadcast/clocked/model.hpp"

namespace lacuna {

CscBroadcastClocked::CscBroadcastClocked(const CscBroadcastSchedule& schedule, const ArraySetup& setup)
    : ClockedModel(setup, schedule) {
  share(setup, schedule.pass_list.size());
  context_.buffer = setup.buffer;
  context_.weights = setup.weights;
  context_.link_bits = setup.link_bits;
  array_ = std::make_unique<CscBroadcastArray>("array", context_, *setup.clock, setup.progress);
}

ArrayActivity CscBroadcastClocked::activity() const {
  ArrayActivity activity =
      csc_broadcast_activity(array_->pe_counts(), array_->words(), context_.schedule->shape().macs(), mac_events_);
  activity.passes = array_->pass_activity();
  return activity;
}

}  // namespace lacuna

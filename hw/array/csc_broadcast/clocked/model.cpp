// SPDX-License-Identifier: Apache-2.0
#include "hw/array/csc_broadcast/clocked/model.hpp"

namespace lacuna {

ArrayActivity CscBroadcastClocked::activity() const {
  ArrayActivity activity =
      csc_broadcast_activity(array_->pe_counts(), array_->words(), context_.schedule->shape().macs(), mac_events_);
  activity.passes = array_->pass_activity();
  return activity;
}

}  // namespace lacuna

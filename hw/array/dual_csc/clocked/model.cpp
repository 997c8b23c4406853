// SPDX-License-Identifier: Apache-2.0
#include "hw/array/dual_csc/clocked/model.hpp"

namespace lacuna {

ArrayActivity DualCscClocked::activity() const {
  ArrayActivity activity = dual_csc_activity(context_.array(), array_->mac_counts(), array_->words(),
                                             context_.schedule->shape().macs(), mac_events_);
  activity.passes = array_->pass_activity();
  return activity;
}

}  // namespace lacuna

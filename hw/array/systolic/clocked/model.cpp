// SPDX-License-Identifier: Apache-2.0
#include "hw/array/systolic/clocked/model.hpp"

namespace lacuna {

SystolicClocked::SystolicClocked(const SystolicSchedule& schedule, const ArraySetup& setup) : ClockedModel(setup) {
  context_.schedule = &schedule;
  for (const SystolicPass& pass : schedule.pass_list) context_.folds.emplace_back(schedule.array, pass);
  share(setup, schedule.pass_list.size());
  context_.buffer = setup.buffer;
  context_.decoder = setup.decoder;
  array_ = std::make_unique<SystolicArray>("array", context_, *setup.clock, setup.progress);
}

ArrayActivity SystolicClocked::activity() const {
  ArrayActivity activity = systolic_activity(context_.array(), array_->pe_counts(), array_->link_counts(), mac_events_);
  activity.passes = array_->pass_activity();
  return activity;
}

}  // namespace lacuna

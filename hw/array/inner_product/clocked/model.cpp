// SPDX-License-Identifier: Apache-2.0
#include "hw/array/inner_product/clocked/model.hpp"

namespace lacuna {

InnerProductClocked::InnerProductClocked(const InnerProductSchedule& schedule, const ArraySetup& setup)
    : ClockedModel(setup) {
  context_.schedule = &schedule;
  for (const TiledPass& pass : schedule.pass_list) context_.deals.push_back(schedule.deal(pass));
  context_.arithmetic = setup.arithmetic;
  share(setup, schedule.pass_list.size());
  context_.buffer = setup.buffer;
  context_.tile_writer = setup.tile_writer;
  array_ = std::make_unique<InnerProductArray>("array", context_, *setup.clock, setup.progress);
}

ArrayActivity InnerProductClocked::activity() const {
  ArrayActivity activity = inner_product_activity(context_.array(), array_->pe_counts(), array_->events(), mac_events_);
  activity.passes = array_->pass_activity();
  return activity;
}

}  // namespace lacuna

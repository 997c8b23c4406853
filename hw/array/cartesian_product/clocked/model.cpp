// SPDX-License-Identifier: Apache-2.0
#include "hw/array/cartesian_product/clocked/model.hpp"

namespace lacuna {

CartesianClocked::CartesianClocked(const CartesianSchedule& schedule, const ArraySetup& setup) : ClockedModel(setup) {
  context_.schedule = &schedule;
  context_.arithmetic = setup.arithmetic;
  share(setup, schedule.pass_list.size());
  context_.buffer = setup.buffer;
  context_.tile_writer = setup.tile_writer;
  array_ = std::make_unique<CartesianArray>("array", context_, *setup.clock, setup.progress);
}

ArrayActivity CartesianClocked::activity() const {
  ArrayActivity activity = cartesian_activity(context_.array(), array_->pe_counts(), array_->events(), mac_events_);
  activity.passes = array_->pass_activity();
  return activity;
}

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "hw/array/clocked_model.hpp"

namespace lacuna {

/// The clocked model of an array whose modules share a DealtContext. `kActivity` makes the activity of the array out of
/// its shape, the counts of its PEs, its events and those of a MAC.
template <class Array, class Context, auto kActivity>
class DealtModel : public ClockedModel<Array, Context> {
 public:
  template <class Schedule>
  DealtModel(const Schedule& schedule, const ArraySetup& setup) : ClockedModel<Array, Context>(setup) {
    Context& context = this->context_;
    context.schedule = &schedule;
    context.passes = &schedule.pass_list;
    for (const auto& pass : schedule.pass_list) context.deals.push_back(schedule.deal(pass));
    context.arithmetic = setup.arithmetic;
    this->share(setup, schedule.pass_list.size());
    context.buffer = setup.buffer;
    context.tile_writer = setup.tile_writer;
    this->array_ = std::make_unique<Array>("array", context, *setup.clock, setup.progress);
  }

  ArrayActivity activity() const override {
    const Array& array = *this->array_;
    ArrayActivity activity = kActivity(this->context_.array(), array.pe_counts(), array.events(), this->mac_events_);
    activity.passes = array.pass_activity();
    return activity;
  }
};

}  // namespace lacuna

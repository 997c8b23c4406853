// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "hw/array/clocked_model.hpp"

namespace lacuna {

/// The clocked model of an array whose modules share a ColumnsContext. A kind of array adds its activity.
template <class Array, class Context>
class ColumnsModel : public ClockedModel<Array, Context> {
 protected:
  template <class Schedule>
  ColumnsModel(const Schedule& schedule, const ArraySetup& setup) : ClockedModel<Array, Context>(setup, schedule) {
    Context& context = this->context_;
    this->share(setup, schedule.pass_list.size());
    context.buffer = setup.buffer;
    context.weights = setup.weights;
    context.link_bits = setup.link_bits;
    this->array_ = std::make_unique<Array>("array", context, *setup.clock, setup.progress);
  }
};

}  // namespace lacuna

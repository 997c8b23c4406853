// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/array/clocked_model.hpp"
#include "hw/array/inner_product/clocked/array.hpp"

namespace lacuna {

/// The clocked inner-product array behind the interface that the chip knows: schedule in, activity out.
class InnerProductClocked : public ClockedModel<InnerProductArray, InnerProductContext> {
 public:
  InnerProductClocked(const InnerProductSchedule& schedule, const ArraySetup& setup);

  ArrayActivity activity() const override;
};

}  // namespace lacuna

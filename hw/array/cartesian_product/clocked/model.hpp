// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/array/cartesian_product/clocked/array.hpp"
#include "hw/array/clocked_model.hpp"

namespace lacuna {

/// The clocked Cartesian-product array behind the interface that the chip knows: schedule in, activity out.
class CartesianClocked : public ClockedModel<CartesianArray, CartesianContext> {
 public:
  CartesianClocked(const CartesianSchedule& schedule, const ArraySetup& setup);

  ArrayActivity activity() const override;
};

}  // namespace lacuna

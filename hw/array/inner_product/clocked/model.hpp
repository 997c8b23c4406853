// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/array/dealt_model.hpp"
#include "hw/array/inner_product/clocked/array.hpp"

namespace lacuna {

/// The clocked inner-product array behind the interface that the chip knows: schedule in, activity out.
using InnerProductClocked = DealtModel<InnerProductArray, InnerProductContext, inner_product_activity>;

}  // namespace lacuna

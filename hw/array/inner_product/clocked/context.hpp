// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/array/inner_product/schedule.hpp"
#include "hw/array/tiled_context.hpp"

namespace lacuna {

/// What all clocked units of one array share for one layer.
using InnerProductContext = DealtContext<InnerProductSchedule>;

}  // namespace lacuna

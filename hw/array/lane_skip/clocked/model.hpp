// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/array/dealt_model.hpp"
#include "hw/array/lane_skip/clocked/array.hpp"

namespace lacuna {

/// The clocked lane-skipping array behind the interface that the chip knows: schedule in, activity out.
using LaneSkipClocked = DealtModel<LaneSkipArray, LaneSkipContext, lane_skip_activity>;

}  // namespace lacuna

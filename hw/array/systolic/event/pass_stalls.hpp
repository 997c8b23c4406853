// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "hw/array/array_activity.hpp"
#include "hw/array/systolic/event/timing.hpp"
#include "hw/array/systolic/schedule.hpp"

namespace lacuna {

/// What all PEs did in the span of each pass, from the edges of every pass of the layer.
std::vector<PassActivity> systolic_pass_activity(const SystolicSchedule& schedule,
                                                 const std::vector<SystolicPassEdges>& edges);

}  // namespace lacuna

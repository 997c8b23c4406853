// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/array/systolic/schedule.hpp"
#include "hw/mac/mac.hpp"
#include "hw/memory/global_buffer.hpp"

namespace lacuna {

/// Adds the products of a pass to the psums in the global buffer, tap by tap as the machine does, runs of pixels at a
/// time.
void add_pass_products(const SystolicSchedule& schedule, const SystolicPass& pass, const Mac& mac,
                       GlobalBuffer& buffer);

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/array/dual_csc/config.hpp"
#include "hw/array/mapping_space.hpp"

namespace lacuna {

/// Shows the visitor the mappings of a layer, as ArrayKind::enumerate: n, e and c cut images, ofmap rows and channels
/// into even parts, m and then k ofmap channels; t is the most taps that fit with k whatever the weights are, because
/// fewer only add passes. With perfect factors m divides M / G, and k of all PEs divides m. The few have the t and k of
/// the default mapping and the largest m. Order: n, e, c, m, k, from the largest on.
void enumerate_dual_csc(const MappingContext& context, Factors factors, MappingVisitor& visitor);

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/array/mapping_space.hpp"
#include "hw/array/systolic/config.hpp"

namespace lacuna {

/// Shows the visitor the mappings of a layer, as ArrayKind::enumerate: n, e and c cut images, ofmap rows and channels
/// into even parts. With perfect factors m divides M / G; with any, it cuts it into even parts or is a multiple of the
/// columns of the array. Order: n, e, c, m, from the largest on.
void enumerate_systolic(const MappingContext& context, Factors factors, MappingVisitor& visitor);

}  // namespace lacuna

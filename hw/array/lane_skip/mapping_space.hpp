// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/array/lane_skip/config.hpp"
#include "hw/array/mapping_space.hpp"

namespace lacuna {

/// Shows the visitor the mappings of a layer, as ArrayKind::enumerate: n, e and c cut images, ofmap rows and channels
/// into even parts, and c into whole bricks too. With perfect factors m divides M / G; with any, it is an even part or
/// as many filters as a number of folds holds. Order: n, e, c, m, from the largest on.
void enumerate_lane_skip(const MappingContext& context, Factors factors, MappingVisitor& visitor);

}  // namespace lacuna

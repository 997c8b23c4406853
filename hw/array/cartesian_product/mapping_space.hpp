// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/array/cartesian_product/config.hpp"
#include "hw/array/mapping_space.hpp"

namespace lacuna {

/// Shows the visitor the mappings of a layer, as ArrayKind::enumerate: e cuts ofmap rows into even parts; m and k, with
/// perfect factors, divide M / G and m, with any, are even parts of them. Order: e, m, k, from the largest on. Where
/// few are wanted, k is the most that fits, and m as many whole groups as fit.
void enumerate_cartesian(const MappingContext& context, Factors factors, MappingVisitor& visitor);

}  // namespace lacuna

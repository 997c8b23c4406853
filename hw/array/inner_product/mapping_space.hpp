// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/array/inner_product/config.hpp"
#include "hw/array/mapping_space.hpp"

namespace lacuna {

/// Shows the visitor the mappings of a layer, as ArrayKind::enumerate: n, e and c cut images, ofmap rows and channels
/// into even parts, or are as much as a number of whole pallets (e) or steps (c) holds. With perfect factors m divides
/// M / G; with any, it is an even part or whole folds too. Order: n, e, c, m, from the largest on.
void enumerate_inner_product(const MappingContext& context, Factors factors, MappingVisitor& visitor);

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/array/mapping_space.hpp"

namespace lacuna {

/// Shows the visitor the mappings of a layer, as ArrayKind::enumerate: n, e and q cut images, ofmap rows and channels
/// into even parts (smaller tiles for the same number of them cost no more), r is any number, m as large as the global
/// buffer allows. With perfect factors p t divides m and m divides M / G; with any, p and t are any numbers and m is a
/// multiple of p t or M / G. Order: n, e, q, p, from the largest on, r from 1 on, t from the largest on.
void enumerate_row_stationary(const MappingContext& context, Factors factors, MappingVisitor& visitor);

}  // namespace lacuna

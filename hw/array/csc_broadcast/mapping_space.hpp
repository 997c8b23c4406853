// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/array/csc_broadcast/config.hpp"
#include "hw/array/mapping_space.hpp"

namespace lacuna {

/// Shows the visitor the mappings of a layer that are legal whatever its weights are, as ArrayKind::enumerate: n and c
/// cut images and inputs into even parts, or c is a number of whole batches; with perfect factors m divides M / G, with
/// any it is an even part. The few are the default mapping alone. Order: m, n, c, from the largest on.
void enumerate_csc_broadcast(const MappingContext& context, Factors factors, MappingVisitor& visitor);

}  // namespace lacuna

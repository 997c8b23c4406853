// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "hw/array/cartesian_product/config.hpp"

namespace lacuna {

/// "" when the mapping is legal, else what it needs, what there is and which field of the chip says so.
std::string broken_capacity(const MappingContext& context, const CartesianMapping& mapping);

/// Most ofmap channels of a group whose filters and sums fit for tiles of e ofmap rows, 0 when not even one does.
std::int64_t most_in_group(const MappingContext& context, std::int64_t e);

/// Most ofmap channels whose psums fit the global buffer beside tiles of e ofmap rows.
std::int64_t most_in_tile(const MappingContext& context, std::int64_t e);

/// The legal mapping with the fewest cycles on data without zeros and banks without conflicts, counting one for each
/// filter word's worth of bits that the DRAM link moves, of those that do not cut the plane and have the largest groups
/// where there are any; ties go to the largest tiles. Throws Error (bad_input) when there is none, with the capacity
/// that breaks for the smallest one.
CartesianMapping default_cartesian_mapping(const MappingContext& context);

/// Loop nest, as ArrayKind::explain. The mapping is cut to the layer.
std::vector<std::string> explain_cartesian(const MappingContext& context, const CartesianMapping& mapping);

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "hw/array/inner_product/config.hpp"

namespace lacuna {

/// "" when the mapping is legal, else what it needs, what there is and which field of the chip says so. Throws Error
/// (bad_input) where the array itself has too many PEs.
std::string broken_capacity(const MappingContext& context, const InnerProductMapping& mapping);

/// The legal mapping with the fewest cycles, counting one for each filter word's worth of bits that the DRAM link
/// moves; ties go to the largest tiles. Throws Error (bad_input) when there is none, with the capacity that breaks for
/// the smallest one.
InnerProductMapping default_inner_product_mapping(const MappingContext& context);

/// Loop nest, as ArrayKind::explain. The mapping is cut to the layer.
std::vector<std::string> explain_inner_product(const MappingContext& context, const InnerProductMapping& mapping);

}  // namespace lacuna

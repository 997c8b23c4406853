// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "hw/array/systolic/config.hpp"

namespace lacuna {

/// The mapping with every tile cut to what the layer has.
SystolicMapping cut_to(const LayerShape& shape, const SystolicMapping& mapping);

/// "" when the mapping is legal, else what it needs, what there is and which field of the chip says so. Throws Error
/// (bad_input) where the array itself cannot work.
std::string broken_capacity(const MappingContext& context, const SystolicMapping& mapping);

/// Most ofmap channels with which the mapping is legal, whatever its own m; 0 when not even one fits.
std::int64_t most_channels(const MappingContext& context, const SystolicMapping& mapping);

/// The legal mapping with the fewest cycles, counting one for each filter word's worth of bits that the DRAM link
/// moves; ties go to the largest tiles. Throws Error (bad_input) when there is none, with the capacity that breaks for
/// the smallest one.
SystolicMapping default_systolic_mapping(const MappingContext& context);

/// Loop nest and folds, as ArrayKind::explain. The mapping is cut to the layer.
std::vector<std::string> explain_systolic(const MappingContext& context, const SystolicMapping& mapping);

}  // namespace lacuna

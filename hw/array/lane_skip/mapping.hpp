// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "hw/array/lane_skip/config.hpp"

namespace lacuna {

/// "" when the mapping is legal, else what it needs, what there is and which field of the chip says so.
std::string broken_capacity(const MappingContext& context, const LaneSkipMapping& mapping);

/// The legal mapping with the fewest cycles on data without zeros, counting one for each filter word's worth of bits
/// that the DRAM link moves, of those that cut no window into channel tiles where there are any; ties go to the largest
/// tiles. Throws Error (bad_input) when there is none, with the
/// capacity that breaks for the smallest one.
LaneSkipMapping default_lane_skip_mapping(const MappingContext& context);

/// Loop nest, as ArrayKind::explain. The mapping is cut to the layer.
std::vector<std::string> explain_lane_skip(const MappingContext& context, const LaneSkipMapping& mapping);

}  // namespace lacuna

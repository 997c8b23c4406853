// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "hw/array/row_stationary/config.hpp"

namespace lacuna {

/// The logical grid of a mapping of a layer: sets are never wider than the ofmap is high.
RowStationaryGrid grid_of(const LayerShape& shape, const RowStationaryMapping& mapping);

/// "" when the mapping is legal, else what it needs, what there is and which field of the chip says so.
std::string broken_capacity(const MappingContext& context, const RowStationaryMapping& mapping);

/// Words of the ifmap tile of a mapping.
std::int64_t ifmap_tile_words(const LayerShape& shape, const RowStationaryMapping& mapping);

/// Most ofmap channels whose psums fit the banks that the mapping's ifmap tile leaves.
std::int64_t most_psum_channels(const MappingContext& context, const RowStationaryMapping& mapping);

/// Cycles of a layer by the pass-level oracle (filters, then the longest of compute, psum ports and ifmap bus), plus
/// the words that the DRAM link moves: what the default mapping minimises. Not a result, only a rank.
double estimated_cycles(const MappingContext& context, const RowStationaryMapping& mapping);

/// The legal mapping with the fewest estimated cycles; ties go to the first found. Throws Error (bad_input) when there
/// is none, with the capacity that breaks for the smallest one.
RowStationaryMapping default_row_stationary_mapping(const MappingContext& context);

/// Loop nest and what lies in a PE, as ArrayKind::explain.
std::vector<std::string> explain_row_stationary(const MappingContext& context, const RowStationaryMapping& mapping);

}  // namespace lacuna

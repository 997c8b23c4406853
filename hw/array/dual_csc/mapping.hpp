// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "hw/array/dual_csc/config.hpp"

namespace lacuna {

/// The mapping with every tile cut to what the layer has.
DualCscMapping cut_to(const MappingContext& context, const DualCscMapping& mapping);

/// "" when the mapping is legal, as far as that does not depend on the weights, else what it needs, what there is and
/// which field of the chip says so. Whether the weights of a filter tile fit is seen when it is encoded.
std::string broken_capacity(const MappingContext& context, const DualCscMapping& mapping);

/// The same with room for weights none of which is zero: legal whatever the weights are.
std::string broken_dense_capacity(const MappingContext& context, const DualCscMapping& mapping);

/// Most taps of a pass with k ofmap channels in a PE none of whose weights is zero; 0 when not even one fits.
std::int64_t most_dense_taps(const MappingContext& context, std::int64_t k);

/// Most ofmap channels with which a mapping of these n, e, c is legal; 0 when not even one fits.
std::int64_t most_channels(const MappingContext& context, const DualCscMapping& mapping);

/// Of the mappings with the fewest groups of taps that fit whatever the weights are, so that psums move least often,
/// and then the fewest folds of ofmap channels, both cut evenly, and with whole channels where any fit: the one with
/// the fewest cycles on data without zeros, counting what the DRAM link moves. Throws Error (bad_input) when there is
/// none, with the capacity that breaks for the smallest one.
DualCscMapping default_dual_csc_mapping(const MappingContext& context);

/// Loop nest, as ArrayKind::explain. The mapping is cut to the layer.
std::vector<std::string> explain_dual_csc(const MappingContext& context, const DualCscMapping& mapping);

}  // namespace lacuna

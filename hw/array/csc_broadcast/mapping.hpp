// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "hw/array/csc_broadcast/config.hpp"
#include "hw/memory/csc_memory.hpp"

namespace lacuna {

/// "" where the layer is a product of a matrix and vectors: an FC layer, whose filter covers the whole padded ifmap.
std::string no_matrix_vector_product(const LayerShape& shape);

/// Inputs of a group, C R S: columns of its matrix.
inline std::int64_t inputs_of(const LayerShape& shape) { return shape.C * shape.R * shape.S; }

/// How the PEs hold the weights of a layer.
CscFormat csc_format_of(const MappingContext& context);

/// The mapping with every tile cut to what the layer has.
CscBroadcastMapping cut_to(const LayerShape& shape, const CscBroadcastMapping& mapping);

/// "" when the mapping is legal, as far as that does not depend on the weights, else what it needs, what there is and
/// which field of the chip says so. Whether the entries of a filter tile fit is seen when it is encoded.
std::string broken_capacity(const MappingContext& context, const CscBroadcastMapping& mapping);

/// The same with room for weights none of which is zero: legal whatever the weights are.
std::string broken_dense_capacity(const MappingContext& context, const CscBroadcastMapping& mapping);

/// Most inputs of a filter tile of `m` ofmap channels none of whose weights is zero; 0 where not even one fits.
std::int64_t most_dense_inputs(const MappingContext& context, std::int64_t m);

/// The largest tiles that fit whatever the weights are: ofmap channels first, then inputs, then images. Throws Error
/// (bad_input) when there are none, with the capacity that breaks for the smallest ones.
CscBroadcastMapping default_csc_broadcast_mapping(const MappingContext& context);

/// Loop nest and tiles, as ArrayKind::explain. The mapping is cut to the layer.
std::vector<std::string> explain_csc_broadcast(const MappingContext& context, const CscBroadcastMapping& mapping);

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sim/values/network_values.hpp"
#include "sim/values/reference_maps.hpp"

namespace lacuna {

/// Weights as a precision stores them, and how the cache knows them.
struct EncodedWeights {
  EncodedTensor tensor;
  std::string key;     ///< "" without a cache
  bool known = false;  ///< whether they were in the cache before
};

/// The weights of a layer as the precision stores them: from the cache of the request, or made and put there. Weights
/// that are kept as a codebook are encoded value by value of the codebook, without the float tensor, where the format
/// allows it; others come from the reference, which holds on to them.
EncodedWeights encoded_weights(const ValuesRequest& request, const Layer& layer, const LayerPrecision& precision,
                               ReferenceMaps& reference);

/// The words of an fc layer by tap, from the cache or made and put there; none for weights that are used for the first
/// time: to turn them costs more than one use gains.
StoredWords words_by_tap(const ValuesRequest& request, const Layer& layer, const EncodedWeights& weights);

}  // namespace lacuna

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

/// The weights of an fc layer once more as `mac` sums them up fastest, in `weights.tensor`: signs as bits, other words
/// by tap. From the cache, or made and put there; words by tap not for weights that are used for the first time: to
/// turn them costs more than one use gains.
void know_other_forms(const ValuesRequest& request, const Layer& layer, const MacDatapath& mac,
                      EncodedWeights& weights);

}  // namespace lacuna

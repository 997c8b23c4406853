// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "hw/base/span.hpp"
#include "sim/values/layer_precision.hpp"
#include "workloads/tensor/tensor.hpp"

namespace lacuna {

/// A layer that is not the array's (relu, lrn, pooling, softmax) on the stored words of one image, C H W: the ofmap
/// words.
///
/// relu and max_pool select words (padding never wins a maximum). average_pool is the integer mean of R x S words,
/// padding counted as zeros, halves rounded away from zero. lrn and softmax are the float reference on the exact worth
/// of the words, rounded to the ofmap's format.
std::vector<StoredWord> compute_host_layer(const Layer& layer, const LayerPrecision& precision,
                                           Span<const StoredWord> ifmap);

/// The worth of stored words, exactly (words have at most 24 bits), as a tensor of the map's shape.
Tensor<float> worth(const MapShape& shape, const ActivationFormat& format, Span<const StoredWord> words);

}  // namespace lacuna

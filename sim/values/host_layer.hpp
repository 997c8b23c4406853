// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "hw/base/span.hpp"
#include "sim/values/layer_precision.hpp"
#include "workloads/tensor/tensor.hpp"

namespace lacuna {

/// A layer that is not the array's (relu, lrn, pooling, add, concat, softmax) on the stored words of one image, C H W
/// of each map that it reads: the ofmap words.
///
/// relu and max_pool select words (padding never wins a maximum). average_pool and global_average_pool are the integer
/// mean of R x S words, padding counted as zeros, halves rounded away from zero. lrn and softmax are the float
/// reference on the exact worth of the words, rounded to the ofmap's format. add and concat read maps whose binary
/// points may differ: words are aligned to the finest of them (add: and summed) exactly, then rounded and saturated to
/// the ofmap's format as post-processing does, halves up.
std::vector<StoredWord> compute_host_layer(const Layer& layer, const LayerPrecision& precision,
                                           const std::vector<Span<const StoredWord>>& ifmaps);

/// The same for a layer that reads one map.
std::vector<StoredWord> compute_host_layer(const Layer& layer, const LayerPrecision& precision,
                                           Span<const StoredWord> ifmap);

/// The worth of stored words, exactly (words have at most 24 bits), as a tensor of the map's shape.
Tensor<float> worth(const MapShape& shape, const ActivationFormat& format, Span<const StoredWord> words);

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "workloads/network/network.hpp"
#include "workloads/tensor/tensor.hpp"
#include "workloads/weight/weight_set.hpp"

namespace lacuna {

/// The maps that a layer reads, C H W each, in the order of its inputs.
using FloatMaps = std::vector<const Tensor<float>*>;

/// One layer in float32: what the quantised values are measured against. `weights` are those of a conv or fc layer, and
/// unused (nullptr) for the others. Gives the ofmap, C H W.
///
/// The order of every sum is fixed, so the same bits come out on every host: conv adds over channel, row, column and
/// then the bias; fc adds 16 interleaved sums, then those pairwise, then the bias; add sums the maps in the
/// order of the inputs; LRN and softmax work in double with square roots and an exponential of our own.
Tensor<float> float_layer(const Layer& layer, const FloatMaps& ifmaps, const LayerWeights* weights);

/// The same for a layer that reads one map.
Tensor<float> float_layer(const Layer& layer, const Tensor<float>& ifmap, const LayerWeights* weights);

}  // namespace lacuna

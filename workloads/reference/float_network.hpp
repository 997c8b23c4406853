// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>

#include "workloads/reference/float_layer.hpp"

namespace lacuna {

/// Sees each layer as it has been computed, in order. `ifmap` is the first map that it reads; `weights` is
/// nullptr where the layer has none.
using FloatObserver = std::function<void(const Layer& layer, const Tensor<float>& ifmap, const LayerWeights* weights,
                                         const Tensor<float>& ofmap)>;

/// Runs a network in float32 on an input of its shape, up to and with the layer `last` ("": all). Throws Error
/// (bad_input) where the network has no such layer or its weights cannot be read.
void run_float_network(const Network& network, const WeightSet& weights, const Tensor<float>& input,
                       const FloatObserver& observer, const std::string& last = "");

/// Share of zeros in the ifmap of a conv or fc layer: of the map as it is, and with the layer's padding around it.
double zero_share(const Tensor<float>& ifmap);
double padded_zero_share(const Layer& layer, const Tensor<float>& ifmap);

}  // namespace lacuna

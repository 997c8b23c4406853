// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sim/values/layer_values.hpp"

namespace lacuna {

/// What the values of a network depend on, and nothing else.
struct ValuesRequest {
  const Network* network = nullptr;
  const WeightSet* weights = nullptr;
  const MacDatapath* mac = nullptr;
  NetworkPrecision precision;         ///< resolved for this network and MAC
  std::vector<Tensor<float>> images;  ///< normalised inputs, C H W, at least one
  std::string last;                   ///< the last layer to compute; "" for all
  /// The array's order of additions in a layer; needed where they saturate.
  std::function<AccumulationOrder(const Layer&)> order;
};

/// Takes each layer, host layers included, as soon as it is computed, in the order of the network.
using LayerSink = std::function<void(LayerValues&&)>;

/// Runs a network in exact integer arithmetic on the stored words, and beside it in float for the SQNR of each layer.
/// The noise of a layer is that of the whole chain up to it. Holds the weights of one layer at a time. Throws Error
/// (bad_input) where `last` is no layer, images are not of the network's shape, or weights cannot be read.
void compute_values(const ValuesRequest& request, const LayerSink& sink);

}  // namespace lacuna

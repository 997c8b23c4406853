// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sim/values/layer_values.hpp"
#include "sim/values/values_cache.hpp"

namespace lacuna {

/// Where values that were computed before are looked up, and what they depend on besides the request.
struct CachedValues {
  ValuesCache* cache = nullptr;                      ///< none: everything is computed
  std::string program;                               ///< which program computes them
  std::string images;                                ///< which images, by their digests
  std::string mac;                                   ///< registered names of the MAC datapaths
  std::function<std::string(const Layer&)> weights;  ///< where a layer's weights come from, by their digests
};

/// What the values of a network depend on, and nothing else.
struct ValuesRequest {
  const Network* network = nullptr;
  const WeightSet* weights = nullptr;
  const MacDatapath* mac = nullptr;
  const MacDatapath* exempt_mac = nullptr;  ///< of layers that run on the second one
  NetworkPrecision precision;               ///< resolved for this network and MAC
  /// Normalised inputs, C H W, at least one; asked for at most once, and not at all where all values are known.
  std::function<std::vector<Tensor<float>>()> images;
  std::string last;  ///< the last layer to compute; "" for all
  /// The array's order of additions in a layer; needed where they saturate.
  std::function<AccumulationOrder(const Layer&)> order;
  CachedValues cached;
  /// Whether the caller reads the weights of fc layers by tap too, where they are at hand.
  bool weights_by_tap = false;
  /// Takes the float network's ofmaps of each layer that is computed, before its own ReLU; may be empty.
  std::function<void(const std::string& layer, const std::vector<Tensor<float>>& ofmaps)> reference;
};

/// Takes each layer (without its psums where its ofmap was known), host layers included, as soon as it is computed, in
/// the order of the network.
using LayerSink = std::function<void(LayerValues&&)>;

/// Runs a network in exact integer arithmetic on the stored words, and beside it in float for the SQNR of each layer.
/// The noise of a layer is that of the whole chain up to it. Holds the weights of one layer at a time. Throws Error
/// (bad_input) where `last` is no layer, images are not of the network's shape, or weights cannot be read.
void compute_values(const ValuesRequest& request, const LayerSink& sink);

}  // namespace lacuna

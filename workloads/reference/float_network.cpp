// SPDX-License-Identifier: Apache-2.0
#include "workloads/reference/float_network.hpp"

#include <algorithm>

#include "workloads/network/network_walk.hpp"

namespace lacuna {

namespace {

std::int64_t zeros_in(const Tensor<float>& map) {
  return static_cast<std::int64_t>(std::count(map.data.begin(), map.data.end(), 0.0f));
}

}  // namespace

void run_float_network(const Network& network, const WeightSet& weights, const Tensor<float>& input,
                       const FloatObserver& observer, const std::string& last) {
  const auto compute = [&](const Layer& layer, const FloatMaps& ifmaps) {
    LayerWeights own;
    if (layer.on_array()) own = weights.load(layer);
    const LayerWeights* used = layer.on_array() ? &own : nullptr;
    Tensor<float> ofmap = float_layer(layer, ifmaps, used);
    observer(layer, *ifmaps.front(), used, ofmap);
    return ofmap;
  };
  walk_network(network, input, compute, last);
}

double zero_share(const Tensor<float>& ifmap) {
  return static_cast<double>(zeros_in(ifmap)) / static_cast<double>(ifmap.size());
}

double padded_zero_share(const Layer& layer, const Tensor<float>& ifmap) {
  const LayerShape shape = layer.shape(1);
  const std::int64_t padding = shape.padded_ifmap_words() - shape.ifmap_words();
  return static_cast<double>(padding + zeros_in(ifmap)) / static_cast<double>(shape.padded_ifmap_words());
}

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include "workloads/reference/float_network.hpp"

#include <algorithm>
#include <map>

namespace lacuna {

namespace {

/// How many layers still want to read each map.
std::map<std::string, int> readers_of(const Network& network) {
  std::map<std::string, int> readers;
  for (const Layer& layer : network.layers) ++readers[layer.input];
  return readers;
}

std::int64_t zeros_in(const Tensor<float>& map) {
  return static_cast<std::int64_t>(std::count(map.data.begin(), map.data.end(), 0.0f));
}

}  // namespace

void run_float_network(const Network& network, const WeightSet& weights, const Tensor<float>& input,
                       const FloatObserver& observer, const std::string& last) {
  if (!last.empty()) network.layer(last);
  std::map<std::string, int> readers = readers_of(network);
  std::map<std::string, Tensor<float>> maps = {{"input", input}};
  for (const Layer& layer : network.layers) {
    const Tensor<float>& ifmap = maps.at(layer.input);
    LayerWeights own;
    if (layer.on_array()) own = weights.load(layer);
    const LayerWeights* used = layer.on_array() ? &own : nullptr;
    Tensor<float> ofmap = float_layer(layer, ifmap, used);
    observer(layer, ifmap, used, ofmap);
    if (layer.name == last) return;
    if (--readers[layer.input] == 0) maps.erase(layer.input);
    maps[layer.name] = std::move(ofmap);
  }
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

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "workloads/network/network.hpp"
#include "workloads/tensor/tensor.hpp"

namespace lacuna {

/// Runs a network on an input, layer by layer, up to and with the layer `last` ("": all): calls
/// `Tensor<T> compute(const Layer&, const std::vector<const Tensor<T>*>& ifmaps)` for each, with a map for each layer
/// that it reads, and keeps a map until its last reader has it.
/// Throws Error (bad_input) where the network has no layer `last`.
template <class T, class Compute>
void walk_network(const Network& network, const Tensor<T>& input, Compute compute, const std::string& last = "") {
  if (!last.empty()) network.layer(last);
  std::map<std::string, int> readers;
  for (const Layer& layer : network.layers) {
    for (const std::string& map : layer.inputs) ++readers[map];
  }
  std::map<std::string, Tensor<T>> maps = {{"input", input}};
  for (const Layer& layer : network.layers) {
    std::vector<const Tensor<T>*> ifmaps;
    for (const std::string& map : layer.inputs) ifmaps.push_back(&maps.at(map));
    Tensor<T> ofmap = compute(layer, ifmaps);
    if (layer.name == last) return;
    for (const std::string& map : layer.inputs) {
      if (--readers[map] == 0) maps.erase(map);
    }
    if (readers[layer.name] > 0) maps[layer.name] = std::move(ofmap);
  }
}

}  // namespace lacuna

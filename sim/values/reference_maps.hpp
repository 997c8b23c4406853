// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

#include "sim/values/network_values.hpp"

namespace lacuna {

/// The float network of a request: its weights, loaded a layer at a time, and the maps of all images, computed when
/// they are asked for and kept until they are dropped.
class ReferenceMaps {
 public:
  using Maps = std::vector<Tensor<float>>;

  explicit ReferenceMaps(const ValuesRequest& request) : request_(request) {}

  /// The normalised images. Throws Error (bad_input) where they are not of the network's shape.
  const Maps& images() { return of("input"); }
  /// The ofmaps of a layer.
  const Maps& of(const std::string& layer);
  /// The weights of a layer, until those of another are asked for.
  const LayerWeights& weights(const Layer& layer);
  void drop(const std::string& layer) { maps_.erase(layer); }

 private:
  std::string key(const std::string& layer);
  Maps compute(const Layer& layer);
  Maps load_images() const;
  bool find(const Layer& layer, Maps& maps);
  void put(const Layer& layer, const Maps& maps);

  const ValuesRequest& request_;
  std::map<std::string, Maps> maps_;
  std::map<std::string, std::string> keys_;
  std::string weights_of_;
  LayerWeights weights_;
};

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include "sim/values/reference_maps.hpp"

#include <algorithm>

#include "hw/base/error.hpp"
#include "sim/values/values_key.hpp"
#include "workloads/reference/float_layer.hpp"

namespace lacuna {

const ReferenceMaps::Maps& ReferenceMaps::of(const std::string& layer) {
  const auto known = maps_.find(layer);
  if (known != maps_.end()) return known->second;
  Maps maps = layer == "input" ? load_images() : compute(request_.network->layer(layer));
  return maps_[layer] = std::move(maps);
}

const LayerWeights& ReferenceMaps::weights(const Layer& layer) {
  if (weights_of_ != layer.name) {
    weights_ = LayerWeights();  // the old ones go before the new ones come: one layer at a time
    weights_ = request_.weights->load(layer);
    weights_of_ = layer.name;
  }
  return weights_;
}

std::string ReferenceMaps::key(const std::string& layer) {
  std::string& key = keys_[layer];
  if (!key.empty()) return key;
  const CachedValues& cached = request_.cached;
  if (layer == "input") return key = reference_input_key(cached.program, *request_.network, cached.images);
  const Layer& made = request_.network->layer(layer);
  std::string ifmaps;
  for (const std::string& map : made.inputs) ifmaps += this->key(map);
  return key = reference_key(ifmaps, made, made.on_array() ? cached.weights(made) : "");
}

ReferenceMaps::Maps ReferenceMaps::load_images() const {
  const Network& network = *request_.network;
  Maps images = request_.images();
  for (const Tensor<float>& image : images) {
    if (image.size() == network.input.words()) continue;
    fail_input("network " + network.name + ": found an input of " + std::to_string(image.size()) + " values; allowed " +
               std::to_string(network.input.words()));
  }
  return images;
}

ReferenceMaps::Maps ReferenceMaps::compute(const Layer& layer) {
  Maps maps;
  if (find(layer, maps)) return maps;
  // The maps that it reads come first: those that must be computed for it load weights of their own.
  for (const std::string& map : layer.inputs) of(map);
  const LayerWeights* const layer_weights = layer.on_array() ? &weights(layer) : nullptr;
  for (std::size_t image = 0; image < of(layer.input()).size(); ++image) {
    FloatMaps ifmaps;
    for (const std::string& map : layer.inputs) ifmaps.push_back(&of(map)[image]);
    maps.push_back(float_layer(layer, ifmaps, layer_weights));
  }
  put(layer, maps);
  return maps;
}

bool ReferenceMaps::find(const Layer& layer, Maps& maps) {
  if (request_.cached.cache == nullptr) return false;
  std::optional<CacheReader> reader = request_.cached.cache->find(key(layer.name));
  if (!reader) return false;
  const std::int64_t images = reader->next<std::int64_t>()[0];
  for (std::int64_t image = 0; image < images; ++image) {
    const Span<const float> values = reader->next<float>();
    Tensor<float> map;
    map.shape = {layer.out.C, layer.out.H, layer.out.W};
    map.data.assign(values.begin(), values.end());
    maps.push_back(std::move(map));
  }
  return true;
}

void ReferenceMaps::put(const Layer& layer, const Maps& maps) {
  if (request_.cached.cache == nullptr) return;
  CacheWriter writer;
  const auto images = static_cast<std::int64_t>(maps.size());
  writer.add(Span<const std::int64_t>(&images, 1));
  for (const Tensor<float>& map : maps) writer.add(Span<const float>(map.data));
  request_.cached.cache->put(key(layer.name), writer);
}

}  // namespace lacuna

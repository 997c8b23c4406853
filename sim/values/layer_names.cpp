// SPDX-License-Identifier: Apache-2.0
#include "sim/values/layer_names.hpp"

#include <algorithm>
#include <optional>

namespace lacuna {
namespace {

bool has_layer(const Network& network, const std::string& name) {
  return std::any_of(network.layers.begin(), network.layers.end(),
                     [&name](const Layer& layer) { return layer.name == name; });
}

/// The layer, or "input", that has made the words of a map.
std::string maker_of(const Network& network, std::string map) {
  while (map != "input" && !makes_words(network.layer(map).kind)) map = network.layer(map).input();
  return map;
}

/// The kind that a name stands for, where it stands for one.
std::optional<LayerKind> kind_of(const std::string& name) {
  if (name == "conv") return LayerKind::conv;
  if (name == "fc") return LayerKind::fc;
  return std::nullopt;
}

/// Adds what is not stated yet.
void add(const LayerException& exception, LayerException& layer) {
  if (layer.place.empty()) layer.place = exception.place;
  if (!layer.weights) layer.weights = exception.weights;
  if (!layer.activations) layer.activations = exception.activations;
}

}  // namespace

bool has_range(LayerKind kind) {
  return kind == LayerKind::conv || kind == LayerKind::fc || kind == LayerKind::lrn || kind == LayerKind::add ||
         kind == LayerKind::concat;
}

bool makes_words(LayerKind kind) { return has_range(kind) || kind == LayerKind::softmax; }

Precision with_layers_named(const Precision& precision, const Network& network) {
  Precision named = precision;
  const std::vector<const Layer*> layers = network.array_layers();
  if (layers.empty()) return named;
  const std::string last = layers.back()->name;
  const std::pair<const char*, std::string> stand_ins[] = {
      {"first", layers.front()->name}, {"last", last}, {"before_last", maker_of(network, layers.back()->input())}};
  for (const auto& [name, layer] : stand_ins) {
    const auto found = precision.layers.find(name);
    if (found == precision.layers.end() || has_layer(network, name)) continue;
    named.layers.erase(name);
    add(found->second, named.layers[layer]);
    if (layer != last || !found->second.activations) continue;
    const LayerException written{found->second.place, {}, found->second.activations};
    for (const Layer& behind : network.layers) {
      if (behind.kind == LayerKind::softmax) add(written, named.layers[behind.name]);
    }
  }
  for (const auto& [name, exception] : precision.layers) {
    const std::optional<LayerKind> kind = kind_of(name);
    if (!kind || has_layer(network, name)) continue;
    named.layers.erase(name);
    for (const Layer* layer : layers) {
      if (layer->kind == *kind) add(exception, named.layers[layer->name]);
    }
  }
  return named;
}

}  // namespace lacuna

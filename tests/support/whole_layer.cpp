// SPDX-License-Identifier: Apache-2.0
#include "tests/support/whole_layer.hpp"

#include <nlohmann/json.hpp>

#include "sim/config/experiment.hpp"

namespace lacuna::test {

namespace {

constexpr const char* kNetwork = "alexnet";

Experiment experiment_on(const std::string& chip) {
  return compose({JsonDocument({{"chip", chip}, {"network", kNetwork}}, "test"), {}, {}});
}

}  // namespace

std::vector<WholeLayer> whole_layers(const std::vector<std::string>& chips, std::int64_t batch) {
  std::vector<WholeLayer> result;
  for (const std::string& chip : chips) {
    const Experiment experiment = experiment_on(chip);
    for (const Layer* layer : experiment.network.array_layers()) {
      if (!experiment.chip.array.array().refusal(layer->shape(batch)).empty()) continue;
      result.push_back({chip, layer->name, batch});
    }
  }
  return result;
}

LayerCase whole_layer_case(const WholeLayer& whole) {
  const Experiment experiment = experiment_on(whole.chip);
  LayerCase c(experiment.chip.array.kind());
  c.chip = experiment.chip;
  const Layer& layer = experiment.network.layer(whole.layer);
  c.shape = layer.shape(whole.batch);
  c.weight_bits = experiment.precision.weights.bits;
  c.network_input = layer.input() == "input";
  c.weight_bits = experiment.precision.weights.bits;
  c.activation_bits = experiment.precision.activations.bits;
  if (const ArrayMapping* mapping = experiment.mapping.find(whole.layer)) c.mapping = mapping->clone();
  return c;
}

std::string name_of(const WholeLayer& whole) {
  return whole.chip + "_" + whole.layer + "_batch_" + std::to_string(whole.batch);
}

}  // namespace lacuna::test

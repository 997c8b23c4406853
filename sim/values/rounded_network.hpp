// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>

#include "sim/values/activation_format.hpp"
#include "sim/values/layer_names.hpp"
#include "sim/values/precision.hpp"
#include "workloads/network/network.hpp"
#include "workloads/reference/float_layer.hpp"
#include "workloads/weight/weight_set.hpp"

namespace lacuna {

/// A network in float with weights and activations rounded as a precision says: what its ranges are found on, where
/// formats change the values so much that those of the exact network say little. Each layer is rounded by the range
/// that it turns out to have.
class RoundedNetwork {
 public:
  /// Borrows network and weights.
  RoundedNetwork(const Network& network, const WeightSet& weights, const Precision& precision)
      : network_(network), weights_(weights), precision_(with_layers_named(precision, network)) {}

  /// The ranges on one normalised image. Psums, with headroom, are those that the array adds up: without bias and
  /// scales.
  Ranges ranges(const Tensor<float>& image);

 private:
  Tensor<float> compute(const Layer& layer, const FloatMaps& ifmaps);
  Tensor<float> compute_on_array(const Layer& layer, const Tensor<float>& ifmap, LayerRange& range) const;
  /// Rounds a map that a layer, or "input", made, and remembers how.
  void round(const std::string& layer, std::int64_t integer_bits, Tensor<float>& map);

  const Network& network_;
  const WeightSet& weights_;
  const Precision precision_;
  std::map<std::string, ActivationFormat> formats_;
  Ranges ranges_;
};

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include "sim/values/rounded_network.hpp"

#include <algorithm>
#include <cmath>

#include "hw/number/fixed_point.hpp"
#include "sim/values/calibrate.hpp"
#include "workloads/network/network_walk.hpp"

namespace lacuna {
namespace {

/// The weights as what their words are worth, without scales.
Tensor<float> plain_worths(const Tensor<float>& weights, const EncodedTensor& encoded) {
  Tensor<float> plain = weights;
  for (std::size_t i = 0; i < plain.data.size(); ++i) {
    plain.data[i] = static_cast<float>(encoded.worth(i));
  }
  return plain;
}

double scale_of(const EncodedTensor& encoded, std::int64_t channel) {
  if (encoded.scales.empty()) return 1.0;
  return encoded.scales[encoded.scales.size() == 1 ? 0 : static_cast<std::size_t>(channel)];
}

}  // namespace

Ranges RoundedNetwork::ranges(const Tensor<float>& image) {
  Tensor<float> input = image;
  ranges_["input"].activation_integer_bits = integer_bits_for(max_magnitude(image.data));
  round("input", ranges_["input"].activation_integer_bits, input);
  walk_network(network_, input, [this](const Layer& layer, const FloatMaps& maps) { return compute(layer, maps); });
  return ranges_;
}

void RoundedNetwork::round(const std::string& layer, std::int64_t integer_bits, Tensor<float>& map) {
  const StoredFormat stored = precision_.activations_of(layer);
  NumberParameters parameters;
  parameters.bits = stored.bits;
  parameters.integer_bits = integer_bits;
  const ActivationFormat format = activation_format(stored.format, parameters);
  map.data = to_values(to_words(map.data, format), format);
  formats_[layer] = format;
}

Tensor<float> RoundedNetwork::compute(const Layer& layer, const FloatMaps& ifmaps) {
  const ActivationFormat& of_ifmap = formats_.at(layer.input());
  if (layer.kind == LayerKind::relu && of_ifmap.form() == WordForm::sign) {
    formats_[layer.name] = of_ifmap;
    return *ifmaps.front();  // signs are the nonlinearity
  }
  LayerRange range;
  Tensor<float> ofmap =
      layer.on_array() ? compute_on_array(layer, *ifmaps.front(), range) : float_layer(layer, ifmaps, nullptr);
  const bool own_range = layer.on_array() || layer.joins() || layer.kind == LayerKind::lrn;
  if (own_range) {
    range.activation_integer_bits = ofmap_integer_bits(ofmap, network_.followed_by_relu(layer), layer.name);
    ranges_[layer.name] = range;
    round(layer.name, range.activation_integer_bits, ofmap);
  } else if (layer.kind == LayerKind::softmax) {
    round(layer.name, 1, ofmap);  // a probability
  } else {
    formats_[layer.name] = of_ifmap;
    ofmap.data = to_values(to_words(ofmap.data, of_ifmap), of_ifmap);
  }
  return ofmap;
}

Tensor<float> RoundedNetwork::compute_on_array(const Layer& layer, const Tensor<float>& ifmap,
                                               LayerRange& range) const {
  LayerWeights own = weights_.load(layer);
  const StoredFormat stored = precision_.weights_of(layer.name);
  NumberParameters parameters;
  parameters.bits = stored.bits;
  parameters.value_bits = stored.value_bits;
  parameters.integer_bits = integer_bits_for(max_magnitude(own.weights.data));
  parameters.filter_words = own.weights.size() / own.bias.size();
  range.weight_integer_bits = parameters.integer_bits;
  const EncodedTensor encoded =
      Registry<NumberFormat>::instance().find(stored.format)->encode(own.weights.data, parameters);
  LayerWeights plain{plain_worths(own.weights, encoded), own.bias};
  std::fill(plain.bias.data.begin(), plain.bias.data.end(), 0.0F);
  Tensor<float> sums = float_layer(layer, ifmap, &plain);
  range.psum_integer_bits = psum_integer_bits(max_magnitude(sums.data) / formats_.at(layer.input()).scale, layer.name);
  const std::int64_t plane = sums.size() / own.bias.size();
  for (std::int64_t i = 0; i < sums.size(); ++i) {
    const auto channel = static_cast<std::size_t>(i / plane);
    float& sum = sums.data[static_cast<std::size_t>(i)];
    sum = static_cast<float>(sum * scale_of(encoded, i / plane) + own.bias.data[channel]);
  }
  return sums;
}

}  // namespace lacuna

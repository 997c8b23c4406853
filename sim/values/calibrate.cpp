// SPDX-License-Identifier: Apache-2.0
#include "sim/values/calibrate.hpp"

#include <algorithm>
#include <cmath>

#include "hw/base/decimal.hpp"
#include "hw/base/error.hpp"
#include "hw/number/fixed_point.hpp"
#include "sim/values/rounded_network.hpp"
#include "workloads/reference/float_network.hpp"

namespace lacuna {
namespace {

/// The largest psum: `sums` M E F are with the bias, psums without.
double largest_psum(const Tensor<float>& sums, const Tensor<float>& bias) {
  const std::int64_t channel_words = sums.size() / bias.size();
  double largest = 0.0;
  for (std::int64_t i = 0; i < sums.size(); ++i) {
    const double psum = static_cast<double>(sums.data[static_cast<std::size_t>(i)]) -
                        bias.data[static_cast<std::size_t>(i / channel_words)];
    largest = std::max(largest, std::fabs(psum));
  }
  return largest;
}

double largest_of_ofmap(const Tensor<float>& ofmap, bool relu) {
  const double largest = max_magnitude(ofmap.data);  // refuses what is not finite
  if (!relu) return largest;
  return std::max(0.0F, *std::max_element(ofmap.data.begin(), ofmap.data.end()));
}

/// Bits of a magnitude that some format has.
std::int64_t bits_of(double magnitude, const std::string& layer, const std::string& what) {
  constexpr std::int64_t kMostBits = 32;
  if (std::isfinite(magnitude) && integer_bits_for(magnitude) <= kMostBits) return integer_bits_for(magnitude);
  fail_input("calibrate: " + layer + ": found " + what + " of magnitude " + shortest_decimal(magnitude) +
             "; allowed below 2^31: are the weights too large?");
}

}  // namespace

std::int64_t ofmap_integer_bits(const Tensor<float>& ofmap, bool relu, const std::string& layer) {
  return bits_of(largest_of_ofmap(ofmap, relu), layer, "ofmap words");
}

std::int64_t psum_integer_bits(double largest, const std::string& layer) {
  return bits_of(kPsumHeadroom * largest, layer, "psums");
}

Ranges calibrate_ranges(const Network& network, const WeightSet& weights, const Tensor<float>& image) {
  Ranges ranges;
  ranges["input"].activation_integer_bits = integer_bits_for(max_magnitude(image.data));
  run_float_network(network, weights, image,
                    [&](const Layer& layer, const Tensor<float>&, const LayerWeights* own, const Tensor<float>& ofmap) {
                      if (!layer.on_array() && !layer.joins() && layer.kind != LayerKind::lrn) return;
                      LayerRange range;
                      range.activation_integer_bits =
                          ofmap_integer_bits(ofmap, network.followed_by_relu(layer), layer.name);
                      if (layer.on_array()) {
                        range.weight_integer_bits = bits_of(max_magnitude(own->weights.data), layer.name, "weights");
                        range.psum_integer_bits = psum_integer_bits(largest_psum(ofmap, own->bias), layer.name);
                      }
                      ranges[layer.name] = range;
                    });
  return ranges;
}

Ranges calibrate_ranges(const Network& network, const WeightSet& weights, const Precision& precision,
                        const Tensor<float>& image) {
  return RoundedNetwork(network, weights, precision).ranges(image);
}

Ranges wider_ranges(const Ranges& one, const Ranges& other) {
  Ranges wider = one;
  for (auto& [layer, range] : wider) {
    const LayerRange& also = other.at(layer);
    range.activation_integer_bits = std::max(range.activation_integer_bits, also.activation_integer_bits);
    range.weight_integer_bits = std::max(range.weight_integer_bits, also.weight_integer_bits);
    range.psum_integer_bits = std::max(range.psum_integer_bits, also.psum_integer_bits);
  }
  return wider;
}

}  // namespace lacuna

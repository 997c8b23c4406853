// SPDX-License-Identifier: Apache-2.0
#include "workloads/weight/bias_calibration.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <system_error>
#include <utility>

#include "hw/base/error.hpp"
#include "workloads/image/input_image.hpp"
#include "workloads/network/network_walk.hpp"
#include "workloads/reference/float_network.hpp"
#include "workloads/tensor/npy.hpp"
#include "workloads/weight/weight_set.hpp"

namespace lacuna {

namespace {

/// A target, the layer whose bias decides about it, and the layers between, in order.
struct Dependence {
  const ZeroShareTarget* target = nullptr;
  const Layer* reader = nullptr;
  const Layer* source = nullptr;
  std::vector<const Layer*> between;
};

[[noreturn]] void fail_target(const Network& network, const std::string& layer, const std::string& problem) {
  fail_input("network " + network.name + ": zero-share target of " + layer + ": " + problem);
}

/// Goes back from the target to the conv or fc layer before it.
Dependence dependence_of(const Network& network, const ZeroShareTarget& target) {
  Dependence d;
  d.target = &target;
  d.reader = &network.layer(target.layer);
  std::string input = d.reader->input();
  while (d.source == nullptr) {
    if (input == "input") fail_target(network, target.layer, "no conv or fc layer before it has a bias");
    const Layer& layer = network.layer(input);
    if (layer.on_array()) {
      d.source = &layer;
    } else {
      d.between.insert(d.between.begin(), &layer);
    }
    input = layer.input();
  }
  bool relu = false;
  for (const Layer* layer : d.between) {
    relu = relu || layer->kind == LayerKind::relu;
    const bool averages = layer->kind == LayerKind::average_pool || layer->kind == LayerKind::global_average_pool;
    const bool mixes = layer->kind == LayerKind::softmax || layer->joins() || (averages && !relu);
    if (mixes) fail_target(network, target.layer, "layer " + layer->name + " stands between it and the bias");
  }
  if (!relu) fail_target(network, target.layer, "no relu between it and layer " + d.source->name);
  return d;
}

/// What the target's ifmap would be with neither bias nor ReLU nor LRN: the pooled pre-activations.
Tensor<float> pooled(const Dependence& d, Tensor<float> preactivations) {
  for (const Layer* layer : d.between) {
    const bool pools = layer->kind == LayerKind::max_pool || layer->kind == LayerKind::average_pool ||
                       layer->kind == LayerKind::global_average_pool;
    if (!pools) continue;
    Layer max_pool = *layer;
    max_pool.kind = LayerKind::max_pool;
    preactivations = float_layer(max_pool, preactivations, nullptr);
  }
  return preactivations;
}

/// Zeros that the target's unpadded ifmap must have.
std::int64_t zeros_wanted(const Network& network, const Dependence& d) {
  const LayerShape shape = d.reader->shape(1);
  const std::int64_t padding = shape.padded_ifmap_words() - shape.ifmap_words();
  const double wanted = d.target->zero_share * static_cast<double>(shape.padded_ifmap_words());
  const auto zeros = static_cast<std::int64_t>(std::floor(wanted + 0.5)) - padding;
  if (zeros < 0) {
    fail_target(network, d.target->layer,
                std::to_string(d.target->zero_share) + " found; padding alone makes " +
                    std::to_string(static_cast<double>(padding) / static_cast<double>(shape.padded_ifmap_words())));
  }
  return zeros;
}

/// Makes as near as ties permit `zeros` of these values come out at zero or below, and takes what it made from `zeros`.
/// Gives the bias: halfway to the next value above.
float bias_for_zeros(std::vector<float> values, std::int64_t& zeros) {
  std::sort(values.begin(), values.end());
  const auto count = static_cast<std::int64_t>(values.size());
  const auto value = [&](std::int64_t i) { return values[static_cast<std::size_t>(i)]; };
  // Equal values, as overlapping pooling windows make them, fall together: look for the nearest gap on both sides.
  const auto gap = [&](std::int64_t n) { return n <= 0 || n >= count || value(n - 1) < value(n); };
  const std::int64_t aim = std::clamp<std::int64_t>(zeros, 0, count);
  std::int64_t distance = 0;
  while (!gap(aim - distance) && !gap(aim + distance)) ++distance;
  const std::int64_t n = gap(aim - distance) ? aim - distance : aim + distance;
  zeros -= n;
  if (n == 0) return -std::nextafter(values.front(), -std::numeric_limits<float>::infinity());
  if (n == count) return -values.back();
  return -(value(n - 1) + (value(n) - value(n - 1)) * 0.5f);
}

Tensor<float> bias_of(const Network& network, const Dependence& d, const Tensor<float>& preactivations) {
  const Tensor<float> map = pooled(d, preactivations);
  const std::int64_t zeros = zeros_wanted(network, d);
  const std::int64_t channels = d.source->out.C;
  const std::int64_t words = map.size() / channels;
  if (words == 1) {
    std::int64_t all = zeros;
    return Tensor<float>({channels}, bias_for_zeros(map.data, all));
  }
  std::int64_t left = 0;
  Tensor<float> bias({channels});
  for (std::int64_t c = 0; c < channels; ++c) {
    // An even part of all zeros, and what ties left undone in the channels before.
    left += zeros * (c + 1) / channels - zeros * c / channels;
    const auto first = map.data.begin() + c * words;
    bias.data[static_cast<std::size_t>(c)] = bias_for_zeros({first, first + words}, left);
  }
  return bias;
}

void add_bias(Tensor<float>& map, const Tensor<float>& bias) {
  const std::size_t words = map.data.size() / bias.data.size();
  for (std::size_t i = 0; i < map.data.size(); ++i) map.data[i] += bias.data[i / words];
}

std::vector<Dependence> dependences_of(const Network& network) {
  std::vector<Dependence> result;
  for (const ZeroShareTarget& target : network.zero_share_targets) {
    const Dependence d = dependence_of(network, target);
    for (const Dependence& other : result) {
      if (other.source == d.source) {
        fail_target(network, target.layer,
                    "the bias of " + d.source->name + " is already chosen for " + other.target->layer);
      }
    }
    result.push_back(d);
  }
  return result;
}

}  // namespace

std::vector<CalibratedBias> calibrated_biases(const Network& network, const Tensor<float>& input) {
  const std::vector<Dependence> dependences = dependences_of(network);
  Network unbiased = network;
  unbiased.synthetic.biases.clear();
  const auto weights = synthetic_weights(unbiased, "");
  std::vector<CalibratedBias> result;
  const auto compute = [&](const Layer& layer, const FloatMaps& ifmaps) {
    for (CalibratedBias& b : result) {
      if (b.target == layer.name) b.reached = padded_zero_share(layer, *ifmaps.front());
    }
    if (!layer.on_array()) return float_layer(layer, ifmaps, nullptr);
    const LayerWeights own = weights->load(layer);
    Tensor<float> ofmap = float_layer(layer, ifmaps, &own);
    CalibratedBias chosen{layer.name, Tensor<float>({layer.out.C}), "", 0.0, 0.0};
    for (const Dependence& d : dependences) {
      if (d.source->name == layer.name) {
        chosen = {layer.name, bias_of(network, d, ofmap), d.target->layer, d.target->zero_share, 0.0};
      }
    }
    add_bias(ofmap, chosen.bias);
    result.push_back(std::move(chosen));
    return ofmap;
  };
  walk_network(network, input, compute);
  return result;
}

std::vector<CalibratedBias> calibrate_biases(const Network& network, const std::string& image,
                                             const std::string& folder) {
  std::vector<CalibratedBias> result = calibrated_biases(network, load_input_image(image, network));
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) fail_input(folder + ": cannot be made (" + error.message() + ")");
  for (const CalibratedBias& b : result) write_npy(folder + "/" + b.layer + ".bias.npy", b.bias);
  return result;
}

}  // namespace lacuna

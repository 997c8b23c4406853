// SPDX-License-Identifier: Apache-2.0
#include "sim/values/layer_precision.hpp"

#include <algorithm>
#include <cmath>

#include "hw/base/decimal.hpp"
#include "hw/base/error.hpp"
#include "hw/number/fixed_point.hpp"
#include "sim/values/layer_names.hpp"

namespace lacuna {
namespace {

const char* const kRemedy = "run `lacuna calibrate` and put what it prints into the network's file";

/// The thresholds of levels as integers with so many fraction bits: the least sum above each.
std::vector<std::int64_t> thresholds_of(const ActivationLevels& levels, std::int64_t fraction_bits) {
  std::vector<std::int64_t> thresholds;
  for (const Threshold& threshold : levels.thresholds) {
    const double at = std::ldexp(threshold.at, static_cast<int>(fraction_bits));
    thresholds.push_back(static_cast<std::int64_t>(threshold.inclusive ? std::ceil(at) : std::floor(at) + 1.0));
  }
  return thresholds;
}

/// Resolves the layers of one network in order, each after the one it reads.
class Resolver {
 public:
  Resolver(const Precision& precision, const Network& network, const MacDatapaths& macs, const Arithmetic& accumulator)
      : precision_(with_layers_named(precision, network)), network_(network), macs_(macs), accumulator_(accumulator) {
    const auto found = precision.ranges.find(network.name);
    if (found != precision.ranges.end()) {
      ranges_ = &found->second;
    } else if (!network.ranges.empty()) {
      ranges_ = &network.ranges;
    } else {
      fail_input("network " + network.name + ": no ranges of its layers, found none; " + kRemedy);
    }
    check_names();
  }

  NetworkPrecision resolve() {
    NetworkPrecision result;
    result.input = ofmap_format("input", range_of("input"));
    maps_["input"] = result.input;
    makers_["input"] = "input";
    for (const Layer& layer : network_.layers) {
      LayerPrecision resolved = resolve(layer);
      maps_[layer.name] = resolved.ofmap;
      makers_[layer.name] = makes_words(layer.kind) ? layer.name : makers_.at(layer.input());
      result.layers[layer.name] = std::move(resolved);
    }
    return result;
  }

 private:
  /// Exceptions and ranges name layers that can have them.
  void check_names() const {
    std::vector<std::string> makers{"input"};  // layers with an ofmap format of their own
    std::vector<std::string> ranged{"input"};
    for (const Layer& layer : network_.layers) {
      if (has_range(layer.kind)) ranged.push_back(layer.name);
      if (makes_words(layer.kind)) makers.push_back(layer.name);
    }
    std::vector<std::string> exceptions = makers;
    for (const char* stand_in : kStandIns) exceptions.emplace_back(stand_in);
    for (const auto& entry : precision_.layers) {
      check_name(entry.first, exceptions, entry.second.place);
      const bool on_array = entry.first != "input" && network_.layer(entry.first).on_array();
      if (entry.second.weights && !on_array)
        fail_input(entry.second.place + "'" + entry.first + "' has no weights; allowed activations");
    }
    for (const auto& entry : *ranges_) check_name(entry.first, ranged, range_place());
  }

  void check_name(const std::string& name, const std::vector<std::string>& allowed, const std::string& place) const {
    if (std::find(allowed.begin(), allowed.end(), name) != allowed.end()) return;
    const std::string list = listed(allowed);
    fail_input(place + "unknown layer of network " + network_.name + ", found '" + name + "'; allowed " + list +
               did_you_mean(name, allowed));
  }

  std::string range_place() const {
    return ranges_ == &network_.ranges ? "network " + network_.name + ": ranges: "
                                       : precision_.place + "ranges of " + network_.name + ": ";
  }

  const LayerRange& range_of(const std::string& name) const {
    const auto found = ranges_->find(name);
    if (found == ranges_->end()) {
      fail_input(range_place() + "no range for '" + name + "'; " + kRemedy);
    }
    return found->second;
  }

  ActivationFormat ofmap_format(const std::string& name, const LayerRange& range) const {
    const StoredFormat stored = precision_.activations_of(name);
    NumberParameters parameters;
    parameters.bits = stored.bits;
    parameters.integer_bits = range.activation_integer_bits;
    return activation_format(stored.format, parameters);
  }

  static std::string listed(const std::vector<std::string>& names) {
    std::string list;
    for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
    return list;
  }

  /// Width of the entries of a codebook, two's complement.
  static std::int64_t bits_of_entries(const std::vector<Word>& codebook) {
    std::int64_t bits = 2;
    for (const Word entry : codebook) {
      while (entry != wrap(entry, bits)) ++bits;
    }
    return bits;
  }

  static bool takes(const MacDatapath& mac, const StoredFormat& weights, const ActivationFormat& ifmap) {
    return mac.takes_weights(weights.format) && mac.takes_activations(ifmap.format);
  }

  /// Which MACs take both operands, for messages.
  static std::string takers(const StoredFormat& weights, const ActivationFormat& ifmap) {
    std::vector<std::string> names;
    for (const std::string& name : Registry<MacDatapath>::instance().names()) {
      if (takes(*Registry<MacDatapath>::instance().find(name), weights, ifmap)) names.push_back(name);
    }
    return names.empty() ? "; no MAC takes weights in " + weights.format + " with activations in " + ifmap.format
                         : "; for both operands there is /chip/mac/kind " + listed(names);
  }

  /// The MAC of a layer takes its weights and what it reads.
  void check_operands(const Layer& layer, const StoredFormat& weights, const LayerPrecision& resolved) const {
    const MacDatapath& mac = mac_of(resolved);
    const std::string of_weights = precision_.place + "weights of '" + layer.name + "', found ";
    const std::string of_ifmap = precision_.place + "activations of '" + makers_.at(layer.input()) + "', found ";
    if (!mac.takes_activations(resolved.ifmap.format)) {
      fail_input(of_ifmap + "format " + resolved.ifmap.format + "; the MAC takes " + listed(mac.activation_formats()) +
                 takers(weights, resolved.ifmap));
    }
    if (!mac.takes_weights(weights.format)) {
      fail_input(of_weights + "format " + weights.format + "; the MAC takes " + listed(mac.weight_formats()) +
                 takers(weights, resolved.ifmap) +
                 (mac.takes_weights("codebook") ? " with /chip/weight_memory/look_up array" : ""));
    }
    if (resolved.ifmap.bits > mac.max_activation_bits()) {
      fail_input(of_ifmap + std::to_string(resolved.ifmap.bits) + " bits; the MAC takes up to " +
                 std::to_string(mac.max_activation_bits()));
    }
    NumberParameters parameters;
    parameters.bits = weights.bits;
    const std::int64_t word_bits = Registry<NumberFormat>::instance().find(weights.format)->word_bits(parameters);
    if (word_bits > mac.max_weight_bits()) {
      const bool with_sign = word_bits > weights.bits;
      fail_input(of_weights + std::to_string(word_bits) + " bits" + (with_sign ? " with the sign" : "") +
                 "; the MAC takes up to " + std::to_string(mac.max_weight_bits()));
    }
  }

  LayerPrecision resolve(const Layer& layer) const {
    LayerPrecision resolved;
    for (const std::string& map : layer.inputs) resolved.ifmaps.push_back(maps_.at(map));
    resolved.ifmap = resolved.ifmaps.front();
    if (layer.on_array()) {
      resolve_array_layer(layer, resolved);
    } else if (layer.joins()) {
      resolved.ofmap = ofmap_format(layer.name, range_of(layer.name));
      check_alignment(layer, resolved);
    } else if (layer.kind == LayerKind::lrn) {
      resolved.ofmap = ofmap_format(layer.name, range_of(layer.name));
    } else if (layer.kind == LayerKind::softmax) {
      resolved.ofmap = ofmap_format(layer.name, LayerRange());  // a probability: 1 integer bit
    } else {
      resolved.ofmap = resolved.ifmap;  // integers in, the same integers out
    }
    return resolved;
  }

  void resolve_weights(const Layer& layer, const LayerRange& range, LayerPrecision& resolved) const {
    const StoredFormat stored = precision_.weights_of(layer.name);
    resolved.exempt = !takes(macs_.main, stored, resolved.ifmap) && macs_.exempt != nullptr;
    check_operands(layer, stored, resolved);
    resolved.weight_format = stored.format;
    resolved.weights.filter_words = layer.shape(1).C * layer.R * layer.S;
    resolved.weights.bits = stored.bits;
    resolved.weights.integer_bits = *range.weight_integer_bits;
    resolved.weights.value_bits = stored.value_bits;
    const NumberFormat& format = *Registry<NumberFormat>::instance().find(stored.format);
    resolved.weight_bits = format.word_bits(resolved.weights);
    const EncodedTensor empty = format.encode(Span<const float>(), resolved.weights);
    resolved.weight_fraction_bits = empty.fraction_bits;
    if (format.coded() && !format.chooses_value_bits()) resolved.weights.value_bits = bits_of_entries(empty.codebook);
  }

  void resolve_array_layer(const Layer& layer, LayerPrecision& resolved) const {
    const LayerRange& range = range_of(layer.name);
    if (!range.weight_integer_bits || !range.psum_integer_bits) {
      fail_input(range_place() + "no weight and psum range for '" + layer.name + "'; " + kRemedy);
    }
    resolve_weights(layer, range, resolved);
    resolved.ofmap = ofmap_format(layer.name, range);

    resolve_arithmetic(*range.psum_integer_bits, resolved);
    PostArithmetic& post = resolved.post;
    post.psum = resolved.arithmetic.form;
    post.psum_fraction_bits = resolved.psum_fraction_bits;
    post.float_ofmap = resolved.ofmap.floating;
    post.ofmap_bits = resolved.ofmap.bits;
    post.relu = network_.followed_by_relu(layer);
    // A float sum is brought to the ofmap's own binary point, or finer than any of its levels; an integer one has its.
    post.fixed_fraction_bits =
        resolved.ofmap.levels == nullptr ? resolved.ofmap.fraction_bits : kLargestShift - range.activation_integer_bits;
    const bool integers = post.psum == PsumForm::integer;
    const std::int64_t sum_fraction_bits = integers ? resolved.psum_fraction_bits : post.fixed_fraction_bits;
    if (resolved.ofmap.fixed_point()) post.right_shift = sum_fraction_bits - resolved.ofmap.fraction_bits;
    if (resolved.ofmap.levels != nullptr) resolve_levels(sum_fraction_bits, resolved);
    check_shift(layer, "product shift", resolved.arithmetic.product_shift, 0);
    check_shift(layer, "shift from psum to ofmap", post.right_shift, -kLargestShift);
  }

  /// Integer psums have as many fraction bits as their range leaves; float ones have the point that their numbers say.
  void resolve_arithmetic(std::int64_t psum_integer_bits, LayerPrecision& resolved) const {
    resolved.arithmetic = accumulator_;
    resolved.arithmetic.form = mac_of(resolved).psum_form(accumulator_.accumulator_bits);
    if (resolved.arithmetic.form != PsumForm::integer) {
      resolved.arithmetic.saturate = false;
      resolved.psum_fraction_bits = 0;
      return;
    }
    const std::int64_t product_fraction = resolved.ifmap.fraction_bits + resolved.weight_fraction_bits;
    const std::int64_t wanted = accumulator_.accumulator_bits - psum_integer_bits;
    resolved.arithmetic.product_shift = std::max<std::int64_t>(0, product_fraction - wanted);
    resolved.psum_fraction_bits = product_fraction - resolved.arithmetic.product_shift;
  }

  const MacDatapath& mac_of(const LayerPrecision& resolved) const {
    return resolved.exempt ? *macs_.exempt : macs_.main;
  }

  /// Levels are found by comparing a sum with thresholds in its own units. Signs are the nonlinearity of their
  /// networks: a ReLU beside them does nothing.
  static void resolve_levels(std::int64_t sum_fraction_bits, LayerPrecision& resolved) {
    const ActivationLevels& levels = *resolved.ofmap.levels;
    PostArithmetic& post = resolved.post;
    post.words = levels.words;
    post.mirrored = levels.mirrored;
    post.relu = post.relu && !levels.two_signs;
    post.thresholds = thresholds_of(levels, sum_fraction_bits);
  }

  /// The binary points of what is joined lie near enough to each other, and to that of the ofmap.
  void check_alignment(const Layer& layer, const LayerPrecision& resolved) const {
    bool floating = resolved.ofmap.floating;
    for (const ActivationFormat& ifmap : resolved.ifmaps) floating = floating || ifmap.floating;
    if (floating) return;
    std::int64_t finest = resolved.ifmap.fraction_bits;
    std::int64_t coarsest = finest;
    for (const ActivationFormat& ifmap : resolved.ifmaps) {
      finest = std::max(finest, ifmap.fraction_bits);
      coarsest = std::min(coarsest, ifmap.fraction_bits);
    }
    check_shift(layer, "shift between the ifmaps", finest - coarsest, 0);
    for (const std::int64_t fraction_bits : {finest, coarsest}) {
      check_shift(layer, "shift from ifmap to ofmap", fraction_bits - resolved.ofmap.fraction_bits, -kLargestShift);
    }
  }

  void check_shift(const Layer& layer, const char* what, std::int64_t shift, std::int64_t lowest) const {
    if (shift >= lowest && shift <= kLargestShift) return;
    fail_input(range_place() + what + " of '" + layer.name + "', found " + std::to_string(shift) + "; allowed " +
               std::to_string(lowest) + " to " + std::to_string(kLargestShift) +
               ": widths and ranges are too far apart");
  }

  /// A psum and its bias take 33 bits; 30 more are what 64-bit arithmetic holds in either direction.
  static constexpr std::int64_t kLargestShift = 30;

  const Precision precision_;
  const Network& network_;
  const MacDatapaths macs_;
  Arithmetic accumulator_;
  const Ranges* ranges_ = nullptr;
  std::map<std::string, ActivationFormat> maps_;
  std::map<std::string, std::string> makers_;  ///< by map: the layer whose format it has
};

}  // namespace

PostArithmetic LayerPrecision::post_with(const std::vector<double>& weight_scales, const std::string& layer) const {
  PostArithmetic result = post;
  if (weight_scales.empty() && ifmap.scale == 1.0) return result;
  constexpr std::int64_t kMostLeft = 16;  // a scaled psum takes 47 bits of 64
  if (result.right_shift < -kMostLeft) {
    fail_input("layer " + layer + ": found a shift from psum to ofmap of " + std::to_string(result.right_shift) +
               " behind scales; allowed from -16: widths and ranges are too far apart");
  }
  std::vector<double> scales = weight_scales;
  if (scales.empty()) scales = {1.0};
  for (const double scale : scales) {
    const double word = round_half_even(std::ldexp(scale * ifmap.scale, PostArithmetic::kScaleBits));
    constexpr double kLargest = 2147483647.0;  // a psum of 32 bits times 31: what 64-bit arithmetic holds
    if (word > kLargest) {
      fail_input("layer " + layer + ": found a scale of " + shortest_decimal(scale * ifmap.scale) +
                 " for its psums; allowed below 32768: do the ranges fit the weights?");
    }
    if (word == 0.0 && scale != 0.0) {
      fail_input("layer " + layer + ": found a scale of " + shortest_decimal(scale * ifmap.scale) +
                 " for its psums, which is 0 as a word; allowed from 2^-17: do the ranges fit the weights?");
    }
    result.scales.push_back(static_cast<std::int64_t>(word));
  }
  if (arithmetic.form != PsumForm::integer) return result;
  constexpr std::int64_t kBiasBits = 32;
  result.bias_guard_bits = std::min(result.guard_bits(), kBiasBits - arithmetic.accumulator_bits);
  if (ofmap.levels != nullptr)
    result.thresholds = thresholds_of(*ofmap.levels, psum_fraction_bits + result.guard_bits());
  return result;
}

NetworkPrecision resolve_precision(const Precision& precision, const Network& network, const MacDatapaths& macs,
                                   const Arithmetic& accumulator) {
  return Resolver(precision, network, macs, accumulator).resolve();
}

}  // namespace lacuna

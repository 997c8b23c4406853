// SPDX-License-Identifier: Apache-2.0
#include "sim/engine/quantize_trials.hpp"

#include <algorithm>
#include <cmath>

#include "hw/base/error.hpp"
#include "hw/chip/accelerator.hpp"
#include "hw/number/fixed_point.hpp"
#include "sim/engine/cached_values.hpp"
#include "sim/engine/experiment_weights.hpp"
#include "sim/engine/plan.hpp"
#include "sim/engine/values_request.hpp"
#include "sim/values/calibrate.hpp"
#include "sim/values/sqnr.hpp"
#include "workloads/image/input_image.hpp"

namespace lacuna {
namespace {

/// Words of a tensor that is rounded: their noise, and how many of them saturate.
class Rounding {
 public:
  void add(Span<const float> values, const ActivationFormat& format) {
    constexpr std::int64_t kWideBits = 32;
    const std::vector<StoredWord> words = to_words(values, format);
    ratio_.add(values, format, words);
    for (std::size_t i = 0; i < words.size(); ++i) {
      clipped_ += to_fixed_point(values[i], kWideBits, format.fraction_bits) != words[i] ? 1 : 0;
    }
    words_ += static_cast<std::int64_t>(words.size());
  }
  double db() const { return ratio_.db(); }
  double clipped() const { return static_cast<double>(clipped_) / static_cast<double>(words_); }

 private:
  Sqnr ratio_;
  std::int64_t clipped_ = 0;
  std::int64_t words_ = 0;
};

ActivationFormat format_of_weights(const LayerPrecision& precision) {
  ActivationFormat format;
  format.bits = precision.weight_bits;
  format.fraction_bits = precision.weight_fraction_bits;
  return format;
}

const MacDatapath& fixed_point_datapath(const ChipConfig& chip) {
  const auto takes = [](const MacDatapath& mac) {
    return mac.takes_weights("fixed_point") && mac.takes_activations("fixed_point");
  };
  const MacDatapath& own = stored_datapath_of(chip);
  const MacDatapath* const exempt = exempt_datapath_of(chip);
  return !takes(own) && exempt != nullptr && takes(*exempt) ? *exempt : own;
}

bool has_format(const Layer& layer) { return layer.on_array() || layer.joins() || layer.kind == LayerKind::lrn; }

void require_finite(const Tensor<float>& tensor, const std::string& what) {
  const auto finite = [](float value) { return std::isfinite(value); };
  const auto found = std::find_if_not(tensor.data.begin(), tensor.data.end(), finite);
  if (found == tensor.data.end()) return;
  fail_input("quantize: " + what + ": found " + (std::isnan(*found) ? "NaN" : "infinity") + " at place " +
             std::to_string(found - tensor.data.begin()) + "; allowed finite numbers");
}

}  // namespace

std::string fixed_point_mac(const ChipConfig& chip) {
  return &fixed_point_datapath(chip) == exempt_datapath_of(chip) ? chip.mac.exempt_kind : chip.mac.kind;
}

QuantizeTrials::QuantizeTrials(Experiment experiment, ValuesCache* cache, std::int64_t activation_bits)
    : experiment_(std::move(experiment)),
      weights_(weights_of(experiment_)),
      cached_(cached_values(experiment_, cache)) {
  refuse_saturation(experiment_, "quantize");
  if (experiment_.network.array_layers().empty()) {
    fail_input("quantize: network " + experiment_.network.name + ": found no conv or fc layer; allowed one or more");
  }
  refuse_infinite();
  calibrate();
  list_tensors(activation_bits);
  WidthSearch search;
  search.tensors = tensors_;
  resolved_precision(this->experiment(search.widest()));  // refuses what no width can change
}

void QuantizeTrials::refuse_infinite() const {
  for (const Layer* layer : experiment_.network.array_layers()) {
    const LayerWeights loaded = weights_->load(*layer);
    require_finite(loaded.weights, "weights of '" + layer->name + "'");
    require_finite(loaded.bias, "bias of '" + layer->name + "'");
  }
}

void QuantizeTrials::calibrate() {
  for (const DataFile& image : experiment_.images) {
    const Tensor<float> pixels = load_input_image(image.path, experiment_.network);
    require_finite(pixels, "image " + image.recorded);
    const Ranges own = calibrate_ranges(experiment_.network, *weights_, pixels);
    ranges_ = ranges_.empty() ? own : wider_ranges(ranges_, own);
  }
}

void QuantizeTrials::list_tensors(std::int64_t activation_bits) {
  const MacDatapath& mac = fixed_point_datapath(experiment_.chip);
  const NumberFormat& format = *Registry<NumberFormat>::instance().find("fixed_point");
  const std::int64_t widest_weights = std::min(format.max_bits(), mac.max_weight_bits());
  const std::int64_t widest_maps = std::min({format.max_bits(), mac.max_activation_bits(), activation_bits});
  const Network& network = experiment_.network;
  tensors_.push_back({"input", false, network.input.words(), format.min_bits(), widest_maps});
  for (const Layer& layer : network.layers) {
    if (layer.on_array()) {
      const LayerShape shape = layer.shape(1);
      const std::int64_t words = shape.M * shape.C * layer.R * layer.S;
      tensors_.push_back({layer.name, true, words, format.min_bits(), widest_weights});
    }
    if (has_format(layer)) {
      tensors_.push_back({layer.name, false, layer.out.words(), format.min_bits(), widest_maps});
    }
    if (layer.name == last().name) return;
  }
}

Precision QuantizeTrials::precision(const Widths& widths) const {
  Precision precision;
  precision.place = "quantize: ";
  precision.ranges[experiment_.network.name] = ranges_;
  for (std::size_t i = 0; i < tensors_.size(); ++i) {
    const QuantizedTensor& tensor = tensors_[i];
    StoredFormat stored;
    stored.bits = widths[i];
    LayerException& exception = precision.layers[tensor.layer];
    exception.place = precision.place;
    (tensor.weights ? exception.weights : exception.activations) = stored;
  }
  return precision;
}

Experiment QuantizeTrials::experiment(const Widths& widths) const {
  Experiment experiment = experiment_;
  experiment.precision = precision(widths);
  return experiment;
}

ValuesRequest QuantizeTrials::request(const Widths& widths) const {
  ValuesRequest request = values_request(experiment_, *weights_, resolved_precision(experiment(widths)));
  request.last = last().name;
  return request;
}

double QuantizeTrials::sqnr_db(const Widths& widths) {
  const auto known = known_.find(widths);
  if (known != known_.end()) return known->second;
  double& db = known_[widths];
  db = -kMostDecibels;
  ValuesRequest request;
  try {
    request = this->request(widths);
  } catch (const Error& error) {
    if (error.kind() != ErrorKind::bad_input) throw;
    return db;  // the widest could be resolved: a shift beyond what the machine has
  }
  request.cached = cached_;
  compute_values(request, [&](LayerValues&& values) {
    if (values.layer.name == request.last) db = std::clamp(values.sqnr_db, -kMostDecibels, kMostDecibels);
  });
  return db;
}

std::vector<QuantizedLayer> QuantizeTrials::layers(const Widths& widths) const {
  std::map<std::string, QuantizedLayer> rows;
  for (std::size_t i = 0; i < tensors_.size(); ++i) {
    QuantizedLayer& row = rows[tensors_[i].layer];
    (tensors_[i].weights ? row.weight_bits : row.activation_bits) = widths[i];
  }
  ValuesRequest request = this->request(widths);
  Rounding of_input;
  for (const Tensor<float>& image : request.images()) of_input.add(image.data, request.precision.input);
  std::vector<QuantizedLayer> layers = {rows.at("input")};
  layers[0].layer = "input";
  layers[0].rounding_db = layers[0].chain_db = of_input.db();
  layers[0].activations_clipped = of_input.clipped();
  Rounding own;  // of the layer that comes next
  request.reference = [&](const std::string& name, const std::vector<Tensor<float>>& maps) {
    own = Rounding();
    const bool relu = experiment_.network.followed_by_relu(experiment_.network.layer(name));
    for (Tensor<float> map : maps) {
      for (float& value : map.data) value = relu ? std::max(value, 0.0F) : value;
      own.add(map.data, request.precision.layers.at(name).ofmap);
    }
  };
  compute_values(request, [&](LayerValues&& values) {
    if (!has_format(values.layer)) return;
    QuantizedLayer row = rows.at(values.layer.name);
    row.layer = values.layer.name;
    row.rounding_db = own.db();
    row.activations_clipped = own.clipped();
    row.chain_db = values.sqnr_db;
    if (values.layer.on_array()) {
      Rounding weights;
      weights.add(weights_->weights(values.layer).data, format_of_weights(values.precision));
      row.weights_db = weights.db();
      row.weights_clipped = weights.clipped();
    }
    layers.push_back(row);
  });
  return layers;
}

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include "sim/values/network_values.hpp"

#include <algorithm>
#include <map>

#include "hw/base/error.hpp"
#include "hw/number/fixed_point.hpp"
#include "sim/values/host_layer.hpp"
#include "sim/values/sqnr.hpp"
#include "workloads/reference/float_layer.hpp"

namespace lacuna {
namespace {

/// The maps of all images that one layer made: as stored, and of the float network.
struct Maps {
  std::vector<StoredWords> words;
  std::vector<Tensor<float>> reference;
};

/// Runs the layers one after the other and keeps the maps that later layers still read.
class NetworkRun {
 public:
  explicit NetworkRun(const ValuesRequest& request) : request_(request), network_(*request.network) {
    if (!request.last.empty()) network_.layer(request.last);  // refuses a name that it does not have
    Maps& input = maps_["input"];
    for (const Tensor<float>& image : request.images) {
      if (image.size() != network_.input.words()) {
        fail_input("network " + network_.name + ": found an input of " + std::to_string(image.size()) +
                   " values; allowed " + std::to_string(network_.input.words()));
      }
      const ActivationFormat& format = request.precision.input;
      input.words.emplace_back(to_fixed_point(image.data, format.bits, format.fraction_bits));
      input.reference.push_back(image);
    }
  }

  void run(const LayerSink& sink) {
    for (std::size_t index = 0; index < network_.layers.size(); ++index) {
      const Layer& layer = network_.layers[index];
      const Maps& read = maps_.at(layer.input);
      const LayerPrecision& precision = request_.precision.layers.at(layer.name);
      Maps made;
      LayerValues values =
          layer.on_array() ? array_layer(layer, precision, read, made) : host_layer(layer, precision, read, made);
      values.sqnr_db = sqnr(values, made.reference);
      made.words = values.ofmaps;
      maps_[layer.name] = std::move(made);
      drop_unread(index);
      sink(std::move(values));
      if (layer.name == request_.last) return;
    }
  }

 private:
  LayerValues array_layer(const Layer& layer, const LayerPrecision& precision, const Maps& read, Maps& made) const {
    const LayerWeights weights = request_.weights->load(layer);
    LayerValues values = encode_layer(layer, precision, weights, read.words);
    if (precision.arithmetic.saturate && request_.order) {
      const AccumulationOrder order = request_.order(layer);
      compute_psums(values, *request_.mac, &order);
    } else {
      compute_psums(values, *request_.mac, nullptr);
    }
    compute_ofmaps(values);
    for (const Tensor<float>& ifmap : read.reference) made.reference.push_back(float_layer(layer, ifmap, &weights));
    return values;
  }

  static LayerValues host_layer(const Layer& layer, const LayerPrecision& precision, const Maps& read, Maps& made) {
    LayerValues values;
    values.layer = layer;
    values.precision = precision;
    values.ifmaps = read.words;
    for (const StoredWords& ifmap : read.words) values.ofmaps.emplace_back(compute_host_layer(layer, precision, ifmap));
    for (const Tensor<float>& ifmap : read.reference) made.reference.push_back(float_layer(layer, ifmap, nullptr));
    return values;
  }

  /// Where the array applies the ReLU that follows, the reference does too.
  static double sqnr(const LayerValues& values, const std::vector<Tensor<float>>& reference) {
    Sqnr ratio;
    for (std::size_t n = 0; n < reference.size(); ++n) {
      Tensor<float> wanted = reference[n];
      if (values.layer.on_array() && values.precision.post.relu)
        for (float& value : wanted.data) value = std::max(value, 0.0F);
      ratio.add(wanted.data, values.precision.ofmap, values.ofmaps[n]);
    }
    return ratio.db();
  }

  /// Forgets the maps that no layer behind `index` reads.
  void drop_unread(std::size_t index) {
    for (auto map = maps_.begin(); map != maps_.end();) {
      bool read = false;
      for (std::size_t later = index + 1; later < network_.layers.size(); ++later)
        read = read || network_.layers[later].input == map->first;
      map = read ? std::next(map) : maps_.erase(map);
    }
  }

  const ValuesRequest& request_;
  const Network& network_;
  std::map<std::string, Maps> maps_;
};

}  // namespace

void compute_values(const ValuesRequest& request, const LayerSink& sink) { NetworkRun(request).run(sink); }

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include "sim/values/network_values.hpp"

#include <algorithm>
#include <map>

#include "hw/base/error.hpp"
#include "hw/number/fixed_point.hpp"
#include "sim/values/encoded_weights.hpp"
#include "sim/values/host_layer.hpp"
#include "sim/values/reference_maps.hpp"
#include "sim/values/sqnr.hpp"
#include "sim/values/values_key.hpp"

namespace lacuna {
namespace {

/// The stored words of all images that one layer made, and under which key they are known.
struct Maps {
  std::vector<StoredWords> words;
  std::string key;
};

/// Runs the layers one after the other and keeps the maps that later layers still read. What the cache knows is not
/// computed.
class NetworkRun {
 public:
  explicit NetworkRun(const ValuesRequest& request)
      : request_(request), network_(*request.network), cache_(request.cached.cache), reference_(request) {
    if (!request.last.empty()) network_.layer(request.last);  // refuses a name that it does not have
  }

  void run(const LayerSink& sink) {
    load_input();
    for (std::size_t index = 0; index < network_.layers.size(); ++index) {
      const Layer& layer = network_.layers[index];
      LayerValues values;
      values.layer = layer;
      values.precision = request_.precision.layers.at(layer.name);
      values.ifmaps = maps_.at(layer.input()).words;
      const AccumulationOrder order = order_of(values);
      Maps& made = maps_[layer.name];
      if (cache_ != nullptr) made.key = key_of(values, order);
      EncodedWeights weights =
          layer.on_array() ? encoded_weights(request_, layer, values.precision, reference_) : EncodedWeights();
      const bool found = find(made.key, values);
      if (!found || request_.weights_by_tap) know_other_forms(request_, layer, mac_of(values), weights);
      values.weights = weights.tensor;
      if (layer.on_array()) values.precision.post = values.precision.post_with(values.weights.scales, layer.name);
      if (!found) {
        compute(values, order);
        put(made.key, values);
      }
      made.words = values.ofmaps;
      drop_unread(index);
      sink(std::move(values));
      if (layer.name == request_.last) return;
    }
  }

 private:
  AccumulationOrder order_of(const LayerValues& values) const {
    const bool matters = values.layer.on_array() && values.precision.arithmetic.in_order();
    return matters && request_.order ? request_.order(values.layer) : AccumulationOrder();
  }

  const MacDatapath& mac_of(const LayerValues& values) const {
    return values.precision.exempt ? *request_.exempt_mac : *request_.mac;
  }

  std::string key_of(const LayerValues& values, const AccumulationOrder& order) const {
    const std::string weights = values.layer.on_array() ? request_.cached.weights(values.layer) : "";
    std::string ifmaps;
    for (const std::string& map : values.layer.inputs) ifmaps += maps_.at(map).key;
    return ofmap_key(ifmaps, values.layer, values.precision, {request_.cached.mac, weights, order});
  }

  void load_input() {
    const ActivationFormat& format = request_.precision.input;
    Maps& input = maps_["input"];
    if (cache_ != nullptr) input.key = input_key(request_.cached.program, network_, format, request_.cached.images);
    LayerValues known;
    if (!find(input.key, known)) {
      for (const Tensor<float>& image : reference_.images()) {
        known.ofmaps.emplace_back(to_words(image.data, format));
      }
      put(input.key, known);
    }
    input.words = known.ofmaps;
  }

  /// Fills in what the cache knows under the key: biases, ofmaps and SQNR.
  bool find(const std::string& key, LayerValues& values) {
    if (cache_ == nullptr) return false;
    std::optional<CacheReader> reader = cache_->find(key);
    if (!reader) return false;
    values.sqnr_db = reader->next<double>()[0];
    const Span<const Word> biases = reader->next<Word>();
    values.biases.assign(biases.begin(), biases.end());
    const Span<const char> digest = reader->next<char>();
    values.ofmaps_sha256.assign(digest.begin(), digest.end());
    const std::int64_t images = reader->next<std::int64_t>()[0];
    for (std::int64_t image = 0; image < images; ++image) {
      values.ofmaps.emplace_back(reader->next<StoredWord>(), reader->owner());
    }
    return true;
  }

  void put(const std::string& key, LayerValues& values) {
    if (cache_ == nullptr) return;
    std::vector<StoredWord> all;
    for (const StoredWords& ofmap : values.ofmaps) all.insert(all.end(), ofmap.begin(), ofmap.end());
    values.ofmaps_sha256 = words_sha256(all);
    CacheWriter writer;
    const auto images = static_cast<std::int64_t>(values.ofmaps.size());
    writer.add(Span<const double>(&values.sqnr_db, 1));
    writer.add(Span<const Word>(values.biases));
    writer.add(Span<const char>(values.ofmaps_sha256.data(), values.ofmaps_sha256.size()));
    writer.add(Span<const std::int64_t>(&images, 1));
    for (const StoredWords& ofmap : values.ofmaps) writer.add(ofmap.span());
    cache_->put(key, writer);
  }

  void compute(LayerValues& values, const AccumulationOrder& order) {
    const Layer& layer = values.layer;
    if (layer.on_array()) {
      values.biases = encode_biases(values.precision, request_.weights->bias(layer));
      compute_psums(values, mac_of(values),
                    values.precision.arithmetic.in_order() && request_.order ? &order : nullptr);
      compute_ofmaps(values);
    } else {
      for (std::size_t image = 0; image < values.ifmaps.size(); ++image) {
        std::vector<Span<const StoredWord>> ifmaps;
        for (const std::string& map : layer.inputs) ifmaps.emplace_back(maps_.at(map).words[image].span());
        values.ofmaps.emplace_back(compute_host_layer(layer, values.precision, ifmaps));
      }
    }
    values.sqnr_db = sqnr(values, reference_.of(layer.name));
    if (request_.reference) request_.reference(layer.name, reference_.of(layer.name));
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
        read = read || network_.layers[later].reads(map->first);
      if (!read) reference_.drop(map->first);
      map = read ? std::next(map) : maps_.erase(map);
    }
  }

  const ValuesRequest& request_;
  const Network& network_;
  ValuesCache* cache_;
  ReferenceMaps reference_;
  std::map<std::string, Maps> maps_;
};

}  // namespace

void compute_values(const ValuesRequest& request, const LayerSink& sink) { NetworkRun(request).run(sink); }

}  // namespace lacuna

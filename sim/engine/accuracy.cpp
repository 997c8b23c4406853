// SPDX-License-Identifier: Apache-2.0
#include "sim/engine/accuracy.hpp"

#include <algorithm>
#include <cmath>

#include "sim/engine/experiment_weights.hpp"
#include "sim/engine/plan.hpp"
#include "sim/engine/values_request.hpp"
#include "workloads/image/input_image.hpp"

namespace lacuna {
namespace {

constexpr std::size_t kImagesAtOnce = 25;  // they share the loading of weights; their maps stay below 200 MB

template <class Values>
std::int64_t best_of(const Values& values) {
  std::size_t best = 0;
  for (std::size_t i = 1; i < values.size(); ++i) best = values[i] > values[best] ? i : best;
  return static_cast<std::int64_t>(best);
}

template <class Values>
std::int64_t rank_of(const Values& values, std::int64_t label) {
  const auto own = static_cast<std::size_t>(label);
  std::int64_t before = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    before += values[i] > values[own] || (values[i] == values[own] && i < own) ? 1 : 0;
  }
  return before;
}

std::int64_t count(const std::vector<Prediction>& predictions, const std::function<bool(const Prediction&)>& is_hit) {
  return std::count_if(predictions.begin(), predictions.end(), is_hit);
}

/// All taps in C R S order: that of float sums, where no mapping says another. A machine's may differ in the last
/// place.
AccumulationOrder order_of_taps(const Layer& layer) {
  const LayerShape shape = layer.shape(1);
  AccumulationOrder order(1);
  for (std::int64_t tap = 0; tap < shape.C * shape.R * shape.S; ++tap) order[0].push_back(tap);
  return order;
}

}  // namespace

Share share_of(std::int64_t hits, std::int64_t images) {
  constexpr double kZ = 1.959963984540054;  // of 95%
  const auto n = static_cast<double>(images);
  const double share = static_cast<double>(hits) / n;
  const double middle = share + kZ * kZ / (2 * n);
  const double reach = kZ * std::sqrt(share * (1 - share) / n + kZ * kZ / (4 * n * n));
  const double scale = 1 + kZ * kZ / n;
  return {share, std::max(0.0, (middle - reach) / scale), std::min(1.0, (middle + reach) / scale)};
}

std::int64_t machine_hits(const std::vector<Prediction>& predictions, std::int64_t places) {
  return count(predictions, [places](const Prediction& one) { return one.machine_rank < places; });
}

std::int64_t float_hits(const std::vector<Prediction>& predictions, std::int64_t places) {
  return count(predictions, [places](const Prediction& one) { return one.float_rank < places; });
}

std::int64_t same_class(const std::vector<Prediction>& predictions) {
  return count(predictions, [](const Prediction& one) { return one.machine_class == one.float_class; });
}

const Layer& classifier(const Network& network) {
  const Layer& last = network.layers.back();
  return last.kind == LayerKind::softmax ? network.layer(last.input()) : last;
}

std::vector<Prediction> measure_accuracy(const Experiment& experiment, const std::vector<LabelledImage>& images,
                                         const std::function<void(std::int64_t)>& progress) {
  const Network& network = experiment.network;
  refuse_saturation(experiment, "accuracy");
  const auto weights = weights_of(experiment);
  ValuesRequest request = values_request(experiment, *weights, resolved_precision(experiment));
  request.order = order_of_taps;
  request.last = classifier(network).name;
  std::vector<Prediction> predictions(images.size());
  for (std::size_t first = 0; first < images.size(); first += kImagesAtOnce) {
    const std::size_t number = std::min(kImagesAtOnce, images.size() - first);
    request.images = [&] {
      std::vector<Tensor<float>> inputs;
      for (std::size_t i = 0; i < number; ++i) inputs.push_back(load_input_image(images[first + i].file, network));
      return inputs;
    };
    request.reference = [&](const std::string& layer, const std::vector<Tensor<float>>& maps) {
      for (std::size_t i = 0; i < number && layer == request.last; ++i) {
        Prediction& prediction = predictions[first + i];
        prediction.label = images[first + i].label;
        prediction.float_class = best_of(maps[i].data);
        prediction.float_rank = rank_of(maps[i].data, prediction.label);
      }
    };
    compute_values(request, [&](LayerValues&& values) {
      for (std::size_t i = 0; i < number && values.layer.name == request.last; ++i) {
        const Span<const StoredWord> words = values.ofmaps[i];
        predictions[first + i].machine_class = best_of(words);
        predictions[first + i].machine_rank = rank_of(words, images[first + i].label);
      }
    });
    progress(static_cast<std::int64_t>(first + number));
  }
  return predictions;
}

}  // namespace lacuna

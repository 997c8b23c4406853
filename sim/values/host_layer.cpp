// SPDX-License-Identifier: Apache-2.0
#include "sim/values/host_layer.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "hw/base/error.hpp"
#include "hw/base/post_arithmetic.hpp"
#include "hw/number/fixed_point.hpp"
#include "workloads/reference/float_layer.hpp"

namespace lacuna {
namespace {

/// The part of a pooling window that lies in the ifmap.
struct Window {
  std::int64_t top, bottom, left, right;  // bottom and right excluded
};

template <class Reduce>
std::vector<StoredWord> pool(const Layer& layer, Span<const StoredWord> ifmap, Reduce reduce) {
  std::vector<StoredWord> ofmap;
  ofmap.reserve(static_cast<std::size_t>(layer.out.words()));
  for (std::int64_t c = 0; c < layer.out.C; ++c) {
    const StoredWord* channel = ifmap.data() + c * layer.in.H * layer.in.W;
    for (std::int64_t e = 0; e < layer.out.H; ++e) {
      for (std::int64_t f = 0; f < layer.out.W; ++f) {
        const std::int64_t top = e * layer.U - layer.P;
        const std::int64_t left = f * layer.U - layer.P;
        ofmap.push_back(reduce(channel, Window{std::max<std::int64_t>(top, 0), std::min(top + layer.R, layer.in.H),
                                               std::max<std::int64_t>(left, 0), std::min(left + layer.S, layer.in.W)}));
      }
    }
  }
  return ofmap;
}

std::vector<StoredWord> max_pool(const Layer& layer, Span<const StoredWord> ifmap) {
  return pool(layer, ifmap, [&layer](const StoredWord* channel, const Window& window) {
    StoredWord largest = std::numeric_limits<StoredWord>::min();
    for (std::int64_t h = window.top; h < window.bottom; ++h) {
      for (std::int64_t w = window.left; w < window.right; ++w)
        largest = std::max(largest, channel[h * layer.in.W + w]);
    }
    return largest;
  });
}

std::vector<StoredWord> average_pool(const Layer& layer, Span<const StoredWord> ifmap) {
  return pool(layer, ifmap, [&layer](const StoredWord* channel, const Window& window) {
    std::int64_t sum = 0;
    for (std::int64_t h = window.top; h < window.bottom; ++h)
      for (std::int64_t w = window.left; w < window.right; ++w) sum += channel[h * layer.in.W + w];
    const std::int64_t count = layer.R * layer.S;
    const std::int64_t magnitude = (2 * std::abs(sum) + count) / (2 * count);
    return static_cast<StoredWord>(sum < 0 ? -magnitude : magnitude);
  });
}

/// Brings words of one map to the binary point of the finest of all maps that a layer joins.
class Alignment {
 public:
  explicit Alignment(const LayerPrecision& precision) : finest_(precision.ifmap.fraction_bits), precision_(precision) {
    for (const ActivationFormat& ifmap : precision.ifmaps) finest_ = std::max(finest_, ifmap.fraction_bits);
    post_.right_shift = finest_ - precision.ofmap.fraction_bits;
    post_.ofmap_bits = precision.ofmap.bits;
  }
  std::int64_t aligned(std::size_t map, StoredWord word) const {
    return word * (std::int64_t{1} << (finest_ - precision_.ifmaps[map].fraction_bits));
  }
  StoredWord to_ofmap(std::int64_t sum) const { return static_cast<StoredWord>(post_process(post_, sum, 0)); }

 private:
  std::int64_t finest_;
  const LayerPrecision& precision_;
  PostArithmetic post_;
};

bool all_fixed_point(const LayerPrecision& precision) {
  bool fixed_point = precision.ofmap.fixed_point();
  for (const ActivationFormat& ifmap : precision.ifmaps) fixed_point = fixed_point && ifmap.fixed_point();
  return fixed_point;
}

/// A layer whose maps are levels or float: what words are worth is pooled, joined or normalised in float, and stored
/// again. Signs pass a ReLU as they are; the order of levels is that of their values, so the largest word is the
/// largest value.
std::vector<StoredWord> through_values(const Layer& layer, const LayerPrecision& precision,
                                       const std::vector<Span<const StoredWord>>& ifmaps) {
  std::vector<Tensor<float>> maps;
  FloatMaps values;
  for (std::size_t map = 0; map < ifmaps.size(); ++map) {
    const auto channels = static_cast<std::int64_t>(ifmaps[map].size()) / (layer.in.H * layer.in.W);
    Tensor<float> worths({channels, layer.in.H, layer.in.W});
    worths.data = to_values(ifmaps[map], precision.ifmaps[map]);
    maps.push_back(std::move(worths));
  }
  for (const Tensor<float>& map : maps) values.push_back(&map);
  return to_words(float_layer(layer, values, nullptr).data, precision.ofmap);
}

std::vector<StoredWord> add(const LayerPrecision& precision, const std::vector<Span<const StoredWord>>& ifmaps) {
  const Alignment alignment(precision);
  std::vector<StoredWord> ofmap;
  ofmap.reserve(ifmaps.front().size());
  for (std::size_t x = 0; x < ifmaps.front().size(); ++x) {
    std::int64_t sum = 0;
    for (std::size_t map = 0; map < ifmaps.size(); ++map) sum += alignment.aligned(map, ifmaps[map][x]);
    ofmap.push_back(alignment.to_ofmap(sum));
  }
  return ofmap;
}

std::vector<StoredWord> concat(const LayerPrecision& precision, const std::vector<Span<const StoredWord>>& ifmaps) {
  const Alignment alignment(precision);
  std::vector<StoredWord> ofmap;
  for (std::size_t map = 0; map < ifmaps.size(); ++map) {
    for (const StoredWord word : ifmaps[map]) ofmap.push_back(alignment.to_ofmap(alignment.aligned(map, word)));
  }
  return ofmap;
}

}  // namespace

Tensor<float> worth(const MapShape& shape, const ActivationFormat& format, Span<const StoredWord> words) {
  Tensor<float> tensor({shape.C, shape.H, shape.W});
  tensor.data = to_values(words, format);
  return tensor;
}

std::vector<StoredWord> compute_host_layer(const Layer& layer, const LayerPrecision& precision,
                                           Span<const StoredWord> ifmap) {
  return compute_host_layer(layer, precision, std::vector<Span<const StoredWord>>{ifmap});
}

std::vector<StoredWord> compute_host_layer(const Layer& layer, const LayerPrecision& precision,
                                           const std::vector<Span<const StoredWord>>& ifmaps) {
  const Span<const StoredWord> ifmap = ifmaps.front();
  const bool in_order = layer.kind == LayerKind::relu || layer.kind == LayerKind::max_pool;
  if (!all_fixed_point(precision) && !in_order) return through_values(layer, precision, ifmaps);
  switch (layer.kind) {
    case LayerKind::relu: {
      std::vector<StoredWord> ofmap(ifmap.begin(), ifmap.end());
      if (precision.ifmap.form() == WordForm::sign) return ofmap;
      for (StoredWord& word : ofmap) word = std::max<StoredWord>(word, 0);
      return ofmap;
    }
    case LayerKind::max_pool:
      return max_pool(layer, ifmap);
    case LayerKind::average_pool:
    case LayerKind::global_average_pool:
      return average_pool(layer, ifmap);
    case LayerKind::add:
      return add(precision, ifmaps);
    case LayerKind::concat:
      return concat(precision, ifmaps);
    case LayerKind::lrn:
    case LayerKind::softmax: {
      const Tensor<float> exact = float_layer(layer, worth(layer.in, precision.ifmap, ifmap), nullptr);
      return to_words(exact.data, precision.ofmap);
    }
    case LayerKind::conv:
    case LayerKind::fc:
      break;
  }
  fail_run("layer " + layer.name + " is computed by the array, not by the host");
}

}  // namespace lacuna

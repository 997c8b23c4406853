// SPDX-License-Identifier: Apache-2.0
#include "sim/values/layer_values.hpp"

#include <algorithm>

#include "hw/base/error.hpp"
#include "hw/number/fixed_point.hpp"

namespace lacuna {

Word bias_word(double bias, const LayerPrecision& precision) {
  return to_fixed_point(bias, 32, precision.psum_fraction_bits);
}

LayerValues encode_layer(const Layer& layer, const LayerPrecision& precision, const LayerWeights& weights,
                         std::vector<StoredWords> ifmaps) {
  LayerValues values;
  values.layer = layer;
  values.precision = precision;
  values.ifmaps = std::move(ifmaps);
  const NumberFormat& format = *Registry<NumberFormat>::instance().find(precision.weight_format);
  values.weights = format.encode(weights.weights.data, precision.weights);
  for (const float bias : weights.bias.data) values.biases.push_back(bias_word(bias, precision));
  return values;
}

void compute_psums(LayerValues& values, const MacDatapath& mac, const AccumulationOrder* order) {
  const std::unique_ptr<Mac> unit = mac.set_up(values.mac_setup());
  values.psums = compute_psums(values.layer.shape(1), *unit, values.precision.arithmetic, values.ifmaps,
                               values.weights.words, order);
}

void compute_ofmaps(LayerValues& values) {
  values.ofmaps.clear();
  for (const std::vector<Word>& psums : values.psums)
    values.ofmaps.emplace_back(compute_ofmap(values.precision.post, psums, values.biases));
}

ZeroShares zero_shares(const LayerValues& values, std::int64_t N) {
  const LayerShape shape = values.layer.shape(N);
  const std::int64_t padding = shape.padded_ifmap_words() - shape.ifmap_words();
  std::int64_t zeros = 0;
  for (std::int64_t n = 0; n < N; ++n) {
    const StoredWords& ifmap = values.ifmaps[static_cast<std::size_t>(n) % values.ifmaps.size()];
    zeros += std::count(ifmap.begin(), ifmap.end(), 0);
  }
  std::int64_t weight_zeros = 0;
  for (std::size_t i = 0; i < values.weights.words.size(); ++i) weight_zeros += values.weights.integer(i) == 0 ? 1 : 0;

  ZeroShares shares;
  shares.ifmap = static_cast<double>(zeros) / static_cast<double>(N * shape.ifmap_words());
  shares.ifmap_padded = static_cast<double>(zeros + N * padding) / static_cast<double>(N * shape.padded_ifmap_words());
  shares.weights = static_cast<double>(weight_zeros) / static_cast<double>(values.weights.words.size());
  return shares;
}

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include "sim/values/layer_values.hpp"

#include <algorithm>

#include "hw/base/zero_mask.hpp"
#include "hw/number/fixed_point.hpp"
#include "workloads/json/digest.hpp"

namespace lacuna {

Word bias_word(double bias, const LayerPrecision& precision) {
  if (precision.arithmetic.form != PsumForm::integer) return psum_word(PsumForm::float32, static_cast<float>(bias));
  return to_fixed_point(bias, 32, precision.psum_fraction_bits + precision.post.bias_guard_bits);
}

EncodedTensor encode_weights(const LayerPrecision& precision, const Tensor<float>& weights) {
  const NumberFormat& format = *Registry<NumberFormat>::instance().find(precision.weight_format);
  EncodedTensor encoded = format.encode(weights.data, precision.weights);
  if (encoded.codebook.empty()) {
    encoded.zeros = count_zeros(encoded.words);
  } else if (std::count(encoded.codebook.begin(), encoded.codebook.end(), 0) != 0) {
    for (std::size_t i = 0; i < encoded.words.size(); ++i) encoded.zeros += encoded.integer(i) == 0 ? 1 : 0;
  }
  return encoded;
}

std::vector<Word> encode_biases(const LayerPrecision& precision, const Tensor<float>& bias) {
  std::vector<Word> biases;
  for (const float value : bias.data) biases.push_back(bias_word(value, precision));
  return biases;
}

LayerValues encode_layer(const Layer& layer, const LayerPrecision& precision, const LayerWeights& weights,
                         std::vector<StoredWords> ifmaps) {
  LayerValues values;
  values.layer = layer;
  values.precision = precision;
  values.ifmaps = std::move(ifmaps);
  values.weights = encode_weights(precision, weights.weights);
  values.precision.post = precision.post_with(values.weights.scales, layer.name);
  values.biases = encode_biases(values.precision, weights.bias);
  return values;
}

void compute_psums(LayerValues& values, const MacDatapath& mac, const AccumulationOrder* order) {
  const std::unique_ptr<Mac> unit = mac.set_up(values.mac_setup());
  values.psums = compute_psums(values.layer.shape(1), *unit, values.precision.arithmetic, values.ifmaps, values.weights,
                               order, values.precision.ifmap.worths());
}

void compute_ofmaps(LayerValues& values) {
  values.ofmaps.clear();
  for (const std::vector<Word>& psums : values.psums)
    values.ofmaps.emplace_back(compute_ofmap(values.precision.post, psums, values.biases));
}

std::string words_sha256(Span<const StoredWord> words) {
  constexpr unsigned kBitsPerByte = 8;
  std::vector<unsigned char> bytes(words.size() * sizeof(Word));
  unsigned char* to = bytes.data();
  for (const Word word : words) {
    const auto bits = static_cast<std::uint32_t>(word);
    for (unsigned byte = 0; byte < sizeof(Word); ++byte) {
      *to++ = static_cast<unsigned char>(bits >> (kBitsPerByte * byte));
    }
  }
  return sha256_hex(bytes);
}

ZeroShares zero_shares(const LayerValues& values, std::int64_t N) {
  const LayerShape shape = values.layer.shape(N);
  const std::int64_t padding = shape.padded_ifmap_words() - shape.ifmap_words();
  std::int64_t zeros = 0;
  for (std::int64_t n = 0; n < N; ++n) {
    const StoredWords& ifmap = values.ifmaps[static_cast<std::size_t>(n) % values.ifmaps.size()];
    zeros += count_zeros(ifmap);
  }

  ZeroShares shares;
  shares.ifmap = static_cast<double>(zeros) / static_cast<double>(N * shape.ifmap_words());
  shares.ifmap_padded = static_cast<double>(zeros + N * padding) / static_cast<double>(N * shape.padded_ifmap_words());
  shares.weights = static_cast<double>(values.weights.zeros) / static_cast<double>(values.weights.words.size());
  return shares;
}

}  // namespace lacuna

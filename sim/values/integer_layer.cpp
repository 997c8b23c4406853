// SPDX-License-Identifier: Apache-2.0
#include "sim/values/integer_layer.hpp"

#include <string>

#include "hw/base/error.hpp"
#include "hw/mac/layer_psums.hpp"

namespace lacuna {

std::vector<std::vector<Word>> compute_psums(const LayerShape& shape, const Mac& mac, const Arithmetic& arithmetic,
                                             const std::vector<StoredWords>& ifmaps, const EncodedTensor& weights,
                                             const AccumulationOrder* order, const ActivationWorths& worths) {
  LayerPsums layer(shape, mac, arithmetic, order, weights.words);
  layer.know_weights_by_tap(weights.words_by_tap);
  layer.know_signs(weights.signs);
  std::vector<PhasePlanes> planes(ifmaps.size(), PhasePlanes(shape));
  std::vector<std::vector<Word>> psums(ifmaps.size());
  std::vector<const PhasePlanes*> images;
  std::vector<Word*> results;
  for (std::size_t image = 0; image < ifmaps.size(); ++image) {
    if (static_cast<std::int64_t>(ifmaps[image].size()) != shape.ifmap_words()) {
      fail_run("a layer of " + std::to_string(shape.ifmap_words()) + " ifmap words was given " +
               std::to_string(ifmaps[image].size()));
    }
    worths.are_words() ? planes[image].put(ifmaps[image]) : planes[image].put(worths.of(ifmaps[image]));
    images.push_back(&planes[image]);
    psums[image].resize(static_cast<std::size_t>(shape.ofmap_words()));
    results.push_back(psums[image].data());
  }
  layer.compute({0, shape.M, 0, shape.E()}, images, results);
  return psums;
}

std::vector<StoredWord> compute_ofmap(const PostArithmetic& post, Span<const Word> psums, Span<const Word> biases) {
  std::vector<StoredWord> ofmap(psums.size());
  const std::size_t channel_words = biases.empty() ? 0 : psums.size() / biases.size();
  for (std::size_t m = 0; m < biases.size(); ++m) {
    for (std::size_t x = m * channel_words; x < (m + 1) * channel_words; ++x)
      ofmap[x] = static_cast<StoredWord>(post_process(post, psums[x], biases[m], static_cast<std::int64_t>(m)));
  }
  return ofmap;
}

}  // namespace lacuna

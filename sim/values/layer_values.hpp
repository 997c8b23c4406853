// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/mac/mac.hpp"
#include "hw/number/number_format.hpp"
#include "sim/values/integer_layer.hpp"
#include "sim/values/layer_precision.hpp"
#include "workloads/weight/weight_set.hpp"

namespace lacuna {

/// All stored words of one layer, for each of the images given. Weights, biases and psums: conv and fc only.
struct LayerValues {
  Layer layer;
  LayerPrecision precision;
  std::vector<StoredWords> ifmaps;       ///< C H W, without padding; of the first map that it reads
  EncodedTensor weights;                 ///< M C R S
  std::vector<Word> biases;              ///< M, as bias_word gives them
  std::vector<std::vector<Word>> psums;  ///< M E F, before the bias
  std::vector<StoredWords> ofmaps;       ///< M E F; C H W of a host layer
  std::string ofmaps_sha256;             ///< words_sha256 of all ofmaps, where it is known
  double sqnr_db = 0.0;                  ///< of the ofmaps, against the float network; see Sqnr::db

  /// What a MAC is set up with for this layer.
  MacSetup mac_setup() const {
    return {precision.arithmetic, weights.codebook, {}, precision.ifmap.worths(), weights.fraction_bits};
  }
};

/// Shares of zeros among the words of a conv or fc layer.
struct ZeroShares {
  double ifmap_padded = 0.0;  ///< of the ifmap with its padding, over the batch
  double ifmap = 0.0;         ///< of the ifmap without padding, over the batch
  double weights = 0.0;       ///< of the weights, by their worth
};

/// The weights as stored, and how many of them are worth zero.
EncodedTensor encode_weights(const LayerPrecision& precision, const Tensor<float>& weights);
/// The biases as words in psum units, with the guard bits of the precision's post-processing.
std::vector<Word> encode_biases(const LayerPrecision& precision, const Tensor<float>& bias);

/// A conv or fc layer up to its psums: encoded weights and biases, and no psums yet. Ifmaps as in LayerValues.
LayerValues encode_layer(const Layer& layer, const LayerPrecision& precision, const LayerWeights& weights,
                         std::vector<StoredWords> ifmaps);

/// Fills in the psums of all images; `order` as in compute_psums.
void compute_psums(LayerValues& values, const MacDatapath& mac, const AccumulationOrder* order);

/// Fills in the ofmaps from psums and biases, which may have been set otherwise in between (stimuli do).
void compute_ofmaps(LayerValues& values);

/// The bias of a channel as a word in psum units, guard bits included: rounded half to even, 32 bits; beside float
/// psums as the code of its binary32 number.
Word bias_word(double bias, const LayerPrecision& precision);

/// SHA-256 of words, each as 32 bits, low byte first.
std::string words_sha256(Span<const StoredWord> words);

/// Zero shares of a conv or fc layer for a batch of N images, which repeats the images given.
ZeroShares zero_shares(const LayerValues& values, std::int64_t N);

}  // namespace lacuna

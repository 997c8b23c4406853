// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "workloads/network/network.hpp"
#include "workloads/tensor/tensor.hpp"

namespace lacuna {

/// The bias of one conv or fc layer, and what it was chosen for.
struct CalibratedBias {
  std::string layer;
  Tensor<float> bias;    ///< M; zeros where no target depends on the layer
  std::string target;    ///< the layer whose padded ifmap it aims at, "" = none
  double wanted = 0.0;   ///< zero share of that ifmap, as the network file states it
  double reached = 0.0;  ///< zero share of that ifmap in the float reference
};

/// Chooses the biases of the network's synthetic weights, layer by layer, so that on `input` the padded ifmap of every
/// layer in network.zero_share_targets has the zero share stated there, to the nearest word where no values tie.
///
/// A word of a target's ifmap is zero exactly where the largest pre-activation that its pooling windows cover is not
/// above the negated bias: ReLU and maximum commute, LRN keeps zeros and signs, and an average of what ReLU leaves is
/// zero exactly where the maximum is. So the bias of a channel is a negated quantile of its pooled pre-activations,
/// the zeros spread evenly over the channels. Where a channel is a single word (the ofmap of an fc layer), all share
/// one bias, a quantile over the channels.
///
/// Throws Error (bad_input) naming network and layer where a target is less than padding alone makes, or where it does
/// not depend on the bias of one layer in this way.
std::vector<CalibratedBias> calibrated_biases(const Network& network, const Tensor<float>& input);

/// Calibrates on an image file and writes LAYER.bias.npy for every conv and fc layer into `folder`, which is made where
/// it is missing.
std::vector<CalibratedBias> calibrate_biases(const Network& network, const std::string& image,
                                             const std::string& folder);

}  // namespace lacuna

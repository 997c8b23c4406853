// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "hw/base/arithmetic.hpp"
#include "hw/base/layer_shape.hpp"
#include "workloads/json/json_view.hpp"
#include "workloads/tensor/tensor.hpp"

namespace lacuna {

/// The data that one layer runs on where a paper states densities alone.
struct LayerStimulus {
  double ifmap_zero_share = 0.0;  ///< of the padded ifmap
  double ofmap_density = 1.0;     ///< non-zero words over words, after ReLU
  std::int64_t seed = 0;
  bool signed_values = false;  ///< non-zeros of both signs; otherwise positive, as after ReLU
  std::string place;           ///< file and pointer, for messages
};

/// A stimulus file: workloads/stimuli/README.md describes the format.
struct Stimulus {
  std::string name;
  std::string description;
  std::string source;
  std::map<std::string, LayerStimulus> layers;  ///< by the layer's name in the network
};

/// Reads a stimulus section. Throws Error (bad_input) with file and pointer.
Stimulus load_stimulus(const JsonView& view);

/// Throws Error (bad_input), with file and pointer, where padding alone makes more zeros than the stimulus states.
void check_stimulus(const LayerShape& shape, const LayerStimulus& stimulus);

/// The ifmap of one image of the batch, C G x H x W without padding. As many of its words are zero, at random places,
/// as make the padded map's share of zeros the stated one to the nearest word; the others have Laplace-like magnitudes
/// from 1 to `largest`, an eighth of it on average. Refuses what check_stimulus refuses.
Tensor<StoredWord> stimulus_ifmap(const LayerShape& shape, const LayerStimulus& stimulus, std::int64_t image_index,
                                  StoredWord largest);

}  // namespace lacuna

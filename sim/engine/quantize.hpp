// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sim/config/experiment.hpp"
#include "sim/engine/accuracy.hpp"
#include "sim/engine/quantize_target.hpp"
#include "sim/engine/quantize_trials.hpp"

namespace lacuna {

/// What is wanted of a network whose words shall be narrow.
struct QuantizeRequest {
  Experiment experiment;  ///< chip, network, weights, calibration images; its precision does not matter
  QuantizeTarget target;
  std::int64_t activation_bits = 16;    ///< widest activations
  std::vector<LabelledImage> labelled;  ///< must be some where the target is an accuracy; else measured once if some
  ValuesCache* cache = nullptr;
  std::function<void(double share, const std::string& text)> progress;  ///< how far it is; may be empty
};

struct QuantizeResult {
  Precision precision;  ///< without a name
  std::vector<QuantizedLayer> layers;
  std::string last_layer;               ///< the last conv or fc layer
  double sqnr_db = 0.0;                 ///< of its ofmap
  std::int64_t weight_words = 0;        ///< of all conv and fc layers
  std::int64_t weight_bits = 0;         ///< of all of them, stored dense
  std::vector<Prediction> predictions;  ///< of the labelled images
};

/// Looks for the smallest widths that reach the target.
///
/// sqnr_db: narrowest_widths. weight_bytes: widths_within. accuracy_drop: the narrowest_widths of the lowest whole
/// number of dB with which the machine's top-1 is no more below that of the float network, found by halving, as if
/// accuracy rose with the SQNR; the accuracy of what it returns was measured.
///
/// Throws Error (bad_input) where the widest words miss the target, naming what they reach, where the narrowest weights
/// are more than weight_bytes, and as QuantizeTrials and measure_accuracy do.
QuantizeResult quantize(const QuantizeRequest& request);

/// Where a precision is from: the command, images and weights with their digests, the machine, and what it reaches.
std::string quantize_source(const Experiment& experiment, const std::string& command, const QuantizeResult& result);

}  // namespace lacuna

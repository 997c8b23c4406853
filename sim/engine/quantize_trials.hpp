// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "sim/config/experiment.hpp"
#include "sim/engine/quantize_search.hpp"
#include "sim/values/network_values.hpp"
#include "sim/values/values_cache.hpp"

namespace lacuna {

/// One layer, or "input", of a network that was quantised. Noise and clipping are of the calibration images.
struct QuantizedLayer {
  std::string layer;
  std::int64_t weight_bits = 0;      ///< 0: it has none
  std::int64_t activation_bits = 0;  ///< of what it writes
  double weights_db = 0.0;           ///< SQNR of the stored weights against the float ones
  double rounding_db = 0.0;          ///< SQNR of the float network's map rounded to the words of the layer
  double chain_db = 0.0;             ///< SQNR of the machine's map, whose noise is that of the whole chain up to it
  double weights_clipped = 0.0;      ///< share of the weights whose nearest step no word has: they saturate
  double activations_clipped = 0.0;  ///< the same of the float network's map
};

/// The name of the chip's datapath that words in fixed point run on: the second one, where the first does not take
/// them.
std::string fixed_point_mac(const ChipConfig& chip);

/// Runs the network of an experiment on its images, under one choice of widths after the other. All tensors are in
/// fixed point, with the ranges of the float network on these images, the widest of all.
class QuantizeTrials {
 public:
  /// Tensors: the weights of conv and fc layers and the maps that have a format of their own, up to the last conv or
  /// fc layer. `activation_bits`: the widest activations. Throws Error (bad_input): numbers that are not finite, a MAC
  /// that does not take fixed point, sums that depend on the order of a mapping.
  QuantizeTrials(Experiment experiment, ValuesCache* cache, std::int64_t activation_bits);
  QuantizeTrials(const QuantizeTrials&) = delete;  // what it hands to the cache points into it
  QuantizeTrials& operator=(const QuantizeTrials&) = delete;

  const std::vector<QuantizedTensor>& tensors() const { return tensors_; }
  /// The last conv or fc layer.
  const Layer& last() const { return *experiment_.network.array_layers().back(); }
  /// The widths as a precision, with the ranges; name, description and source are empty.
  Precision precision(const Widths& widths) const;
  /// The experiment with that precision.
  Experiment experiment(const Widths& widths) const;

  /// SQNR of the last layer's ofmap in the machine's arithmetic, within +-kMostDecibels; -kMostDecibels where widths
  /// and ranges are too far apart for the machine's shifts.
  double sqnr_db(const Widths& widths);
  static constexpr double kMostDecibels = 1000.0;

  std::vector<QuantizedLayer> layers(const Widths& widths) const;

 private:
  void refuse_infinite() const;
  void calibrate();
  void list_tensors(std::int64_t activation_bits);
  ValuesRequest request(const Widths& widths) const;

  Experiment experiment_;
  std::unique_ptr<WeightSet> weights_;
  CachedValues cached_;
  Ranges ranges_;
  std::vector<QuantizedTensor> tensors_;
  std::map<Widths, double> known_;
};

}  // namespace lacuna

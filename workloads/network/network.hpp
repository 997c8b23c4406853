// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hw/base/layer_shape.hpp"
#include "workloads/json/json_view.hpp"
#include "workloads/network/ranges.hpp"

namespace lacuna {

enum class LayerKind { conv, fc, relu, lrn, max_pool, average_pool, global_average_pool, add, concat, softmax };

/// "conv", "fc", "relu", ... as in network files and results.
std::string to_string(LayerKind kind);

/// Channels, height and width of a feature map.
struct MapShape {
  std::int64_t C = 1;
  std::int64_t H = 1;
  std::int64_t W = 1;
  std::int64_t words() const { return C * H * W; }
};

/// Local response normalisation across channels: x / (k + alpha / size * sum of squares)^0.75. The exponent is fixed:
/// it is computed with square roots alone, so that results are the same on every host.
struct LrnParameters {
  std::int64_t size = 5;
  double alpha = 1e-4;
  double k = 1.0;
};

/// One layer of a network, shapes resolved.
struct Layer {
  std::string name;
  LayerKind kind = LayerKind::conv;
  std::vector<std::string> inputs;  ///< names of the layers it reads, or "input"; several for add and concat
  MapShape in;                      ///< ifmap without padding: of each for add, all channels together for concat
  MapShape out;                     ///< ofmap
  std::int64_t G = 1;               ///< groups (conv)
  std::int64_t R = 1;               ///< filter or window height; ifmap height for fc and global_average_pool
  std::int64_t S = 1;               ///< filter or window width; ifmap width for fc and global_average_pool
  std::int64_t U = 1;               ///< stride
  std::int64_t P = 0;               ///< padding on each side
  std::int64_t D = 1;               ///< dilation (conv)
  LrnParameters lrn;

  /// Whether the PE array computes it (conv, fc); the others are host work.
  bool on_array() const { return kind == LayerKind::conv || kind == LayerKind::fc; }
  /// Whether it reads several layers (add, concat).
  bool joins() const { return kind == LayerKind::add || kind == LayerKind::concat; }
  /// The layer it reads, the first of several.
  const std::string& input() const { return inputs.front(); }
  bool reads(const std::string& layer) const;
  /// Shape of a conv or fc layer for a batch of N images.
  LayerShape shape(std::int64_t N) const;
};

/// A layer keeps some of its weights: a share of one would leave nothing to compute.
constexpr double kMostZeroShare = 0.9999;

/// Distributions that synthetic weights may have: "laplace", "normal".
const std::vector<std::string>& weight_distributions();

/// Seeded weights where no trained ones are given. Marked as synthetic in every result.
struct SyntheticWeights {
  std::string distribution = "laplace";
  std::int64_t seed = 1;
  /// Share of the weights of every layer, those of least magnitude, that are set to zero. 0 to kMostZeroShare.
  double zero_share = 0.0;
  std::string biases;      ///< folder of calibrated biases (LAYER.bias.npy) under workloads/weights, "" = zero biases
  std::string biases_for;  ///< made() of the weights that those were calibrated with, "" = not known
  std::string calibration_image;  ///< image under workloads/images that the biases were calibrated on, "" = none

  /// How the weights are made, as in results: "laplace,seed=1".
  std::string made() const;
};

/// A network's own weights: a weight file that comes with it.
struct TrainedWeights {
  std::string file;    ///< a name under workloads/weights, or a path with a '/'; "" = none: synthetic weights alone
  std::string sha256;  ///< of the file
  std::string biases;  ///< which of the file's sets of biases
  Ranges ranges{};     ///< of the float network with these weights; empty: those of the network
};

/// Table V's zero share (or any other) that the bias calibration aims at, at the padded ifmap of a layer.
struct ZeroShareTarget {
  std::string layer;
  double zero_share = 0.0;
  std::string source;  ///< for people: where the share is from
};

/// A network: layers in an order in which each stands after the layers it reads.
struct Network {
  std::string name;
  std::string description;
  std::string source;
  MapShape input;
  bool crop = false;               ///< larger images are cut around their centre (workloads/image/input_image.hpp)
  std::vector<double> input_mean;  ///< per channel, on the 0..255 scale, subtracted
  double input_scale = 1.0;        ///< multiplied after the mean is subtracted
  TrainedWeights trained;
  SyntheticWeights synthetic;
  std::string evaluation;  ///< labelled images: a folder of workloads/evaluation, or a path with a '/'; "" = none
  std::vector<ZeroShareTarget> zero_share_targets;
  std::vector<Layer> layers;
  Ranges ranges;  ///< of the float network, with its synthetic weights as it is loaded; empty: none known

  /// The layer of that name. Throws Error (bad_input) with the nearest spelling.
  const Layer& layer(const std::string& name) const;
  /// The conv and fc layers, in order.
  std::vector<const Layer*> array_layers() const;
  /// Whether a relu follows this layer directly (the chip applies it in post-processing).
  bool followed_by_relu(const Layer& layer) const;
  /// The conv or fc layer that reads this layer's ofmap with nothing but ReLU between; nullptr where there is none, or
  /// more than one. Host layers that read it too do not count.
  const Layer* array_reader(const Layer& layer) const;
};

/// Reads a network section. Refuses, with file and pointer: unknown keys, layers that do not chain, groups that do not
/// divide channels, filters larger than the padded ifmap, sums of maps of
/// different shapes, and stated totals that the layers do not add up to. The
/// format is described in workloads/networks/README.md.
Network load_network(const JsonView& view);

}  // namespace lacuna

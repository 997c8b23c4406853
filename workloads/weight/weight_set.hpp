// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "workloads/network/network.hpp"
#include "workloads/tensor/tensor.hpp"
#include "workloads/weight/shared_tensor.hpp"

namespace lacuna {

/// The trained (or made-up) numbers of one conv or fc layer.
struct LayerWeights {
  Tensor<float> weights;  ///< M C R S, C per group; for an fc layer M C H W of its ifmap
  Tensor<float> bias;     ///< M
};

/// Where the weights of a network come from. Layers are made or read when asked for: all of AlexNet is 244 MB.
class WeightSet {
 public:
  virtual ~WeightSet() = default;
  /// Weights and bias of a conv or fc layer, together or one of them; the same ones whenever asked. Throw Error
  /// (bad_input) naming file and tensor, with what was found and what is wanted.
  LayerWeights load(const Layer& layer) const { return {weights(layer), bias(layer)}; }
  virtual Tensor<float> weights(const Layer& layer) const = 0;
  virtual Tensor<float> bias(const Layer& layer) const = 0;
  /// The weights as a codebook and the number of each weight's value, where they are kept so.
  virtual std::optional<SharedTensor> shared(const Layer&) const { return std::nullopt; }
  /// Refuses the files of a layer where load(layer) would, without reading their numbers.
  virtual void check(const Layer& layer) const = 0;
  /// The files that load(layer) reads, so that a result can name them with their digests.
  virtual std::vector<std::string> files(const Layer& layer) const = 0;
  /// What stands in results: "directory", "npz archive", or "synthetic:" or "trained:" and how they were made.
  virtual std::string label() const = 0;
  /// What tells these weights from others beside the digests of their files. Reads no file.
  virtual std::string identity() const { return label(); }
};

/// Shape of a conv or fc layer's weights: M C R S, C per group.
std::vector<std::int64_t> weight_shape(const Layer& layer);

/// Seeded weights as the network file describes them: Laplace or normal with zero mean and variance 2 / (C R S) (He et
/// al., ICCV 2015, eq. 10, which keeps the variance of activations through ReLU layers), from a stream of its own for
/// each layer.
/// Of each layer's, the share network.synthetic.zero_share that is nearest to zero is then pruned (prune_by_magnitude).
/// Biases are read from LAYER.bias.npy in the folder network.synthetic.biases of `folder`, or zero where that is "".
std::unique_ptr<WeightSet> synthetic_weights(const Network& network, const std::string& folder);

/// Weights from files: LAYER.weight.npy and LAYER.bias.npy in `folder`.
std::unique_ptr<WeightSet> directory_weights(const std::string& folder);

/// Weights from an archive of .npy files (NpzArchive): its members LAYER.weight and LAYER.bias.
std::unique_ptr<WeightSet> npz_weights(const std::string& file);

/// Weights from a weight file with one of its sets of biases: the first where `trained.biases` is "". Refuses a file
/// that has another SHA-256 than `trained.sha256`, unless that is "". The file is opened when first needed.
std::unique_ptr<WeightSet> trained_weights(const TrainedWeights& trained, const std::string& folder);

/// What the weights "default" of a network are: "trained" where it comes with them, else "synthetic".
std::string default_weights(const Network& network);

/// What a text may name, for messages.
inline constexpr char kWeightsAllowed[] =
    "default, trained, synthetic, synthetic:DISTRIBUTION,density=D,seed=N, a weight file, an .npz archive or a folder";

/// The weights that a text names: "default" those of default_weights, "trained" those of the network's file
/// `network.trained`, "synthetic" synthetic ones, anything else a folder of directory_weights, an archive of
/// npz_weights or a weight file, which the first bytes of a file tell apart. Those of the network lie below the folder
/// `shipped`. Throws Error (bad_input) where the network has no trained ones, and where there is no such file or
/// folder.
std::unique_ptr<WeightSet> open_weights(const std::string& name, const Network& network, const std::string& shipped);

/// Whether the files of those weights lie below `shipped`.
bool weights_are_shipped(const std::string& name, const Network& network);

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "hw/base/decimal.hpp"
#include "workloads/random/random.hpp"
#include "workloads/tensor/npy.hpp"
#include "workloads/weight/pruning.hpp"
#include "workloads/weight/weight_set.hpp"

namespace lacuna {

namespace {

/// Laplace of scale b: an exponential magnitude of mean b with a random sign. Its variance is 2 b^2.
void fill_laplace(std::vector<float>& values, const RandomStream& stream, double b) {
  const double signed_scale[2] = {-b, b};  // the logarithm of a unit is negative
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::uint64_t bits = stream.bits(i);
    values[i] = static_cast<float>(signed_scale[bits & 1] * natural_log(RandomStream::unit_of(bits)));
  }
}

class SyntheticWeightSet final : public WeightSet {
 public:
  SyntheticWeightSet(const SyntheticWeights& parameters, const std::string& folder)
      : parameters_(parameters), folder_(folder + "/" + parameters.biases) {}

  LayerWeights load(const Layer& layer) const override {
    LayerWeights result;
    result.weights = Tensor<float>(weight_shape(layer));
    // Variance 2 / (C R S) = 2 b^2.
    const std::int64_t fan_in = result.weights.size() / layer.out.C;
    const double b = 1.0 / std::sqrt(static_cast<double>(fan_in));
    fill_laplace(result.weights.data, RandomStream(stream_key(parameters_.seed, layer.name)), b);
    prune_by_magnitude(result.weights, parameters_.zero_share);
    result.bias = parameters_.biases.empty() ? Tensor<float>({layer.out.C})
                                             : read_npy(bias_file(layer), layer.name + ".bias", {layer.out.C});
    return result;
  }

  void check(const Layer& layer) const override {
    if (!parameters_.biases.empty()) check_npy(bias_file(layer), layer.name + ".bias", {layer.out.C});
  }

  std::vector<std::string> files(const Layer& layer) const override {
    return parameters_.biases.empty() ? std::vector<std::string>{} : std::vector<std::string>{bias_file(layer)};
  }

  std::string label() const override {
    const double zeros = parameters_.zero_share;
    return "synthetic:" + parameters_.distribution + ",seed=" + std::to_string(parameters_.seed) +
           (zeros > 0.0 ? ", zero share " + shortest_decimal(zeros) + " by magnitude pruning" : "") +
           (parameters_.biases.empty() ? ", zero biases" : ", biases calibrated on " + parameters_.calibration_image);
  }

 private:
  std::string bias_file(const Layer& layer) const { return folder_ + "/" + layer.name + ".bias.npy"; }

  SyntheticWeights parameters_;
  std::string folder_;
};

}  // namespace

std::vector<std::int64_t> weight_shape(const Layer& layer) {
  return {layer.out.C, layer.in.C / layer.G, layer.R, layer.S};
}

std::unique_ptr<WeightSet> synthetic_weights(const Network& network, const std::string& folder) {
  return std::make_unique<SyntheticWeightSet>(network.synthetic, folder);
}

}  // namespace lacuna

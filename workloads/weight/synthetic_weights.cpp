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

/// Normal of that standard deviation, by the polar method (Marsaglia and Bray, "A convenient method for generating
/// normal variables", SIAM Review 6(3), 1964): of points uniform in a square the first one that lies in the unit
/// circle. Needs a logarithm and a square root alone, which are the same on every host.
void fill_normal(std::vector<float>& values, const RandomStream& stream, double deviation) {
  constexpr std::uint64_t kNextDraw = std::uint64_t{1} << 40;  // more than a layer has weights: no draw is used twice
  for (std::size_t i = 0; i < values.size(); ++i) {
    double x = 0.0;
    double square = 0.0;  // of the point's distance from the centre
    for (std::uint64_t draw = i; square >= 1.0 || square == 0.0; draw += 2 * kNextDraw) {
      x = 2.0 * stream.unit(draw) - 1.0;
      const double y = 2.0 * stream.unit(draw + kNextDraw) - 1.0;
      square = x * x + y * y;
    }
    values[i] = static_cast<float>(deviation * (x * std::sqrt(-2.0 * natural_log(square) / square)));
  }
}

class SyntheticWeightSet final : public WeightSet {
 public:
  SyntheticWeightSet(const SyntheticWeights& parameters, const std::string& folder)
      : parameters_(parameters), folder_(folder + "/" + parameters.biases) {}

  Tensor<float> weights(const Layer& layer) const override {
    Tensor<float> weights(weight_shape(layer));
    const std::int64_t filter_words = weights.size() / layer.out.C;
    const auto fan_in = static_cast<double>(filter_words);
    const RandomStream stream(stream_key(parameters_.seed, layer.name));
    // Variance 2 / (C R S), which is 2 b^2 of a Laplace distribution.
    if (parameters_.distribution == "normal") {
      fill_normal(weights.data, stream, std::sqrt(2.0 / fan_in));
    } else {
      fill_laplace(weights.data, stream, 1.0 / std::sqrt(fan_in));
    }
    prune_by_magnitude(weights, parameters_.zero_share);
    return weights;
  }

  Tensor<float> bias(const Layer& layer) const override {
    return parameters_.biases.empty() ? Tensor<float>({layer.out.C})
                                      : read_npy(bias_file(layer), layer.name + ".bias", {layer.out.C});
  }

  void check(const Layer& layer) const override {
    if (!parameters_.biases.empty()) check_npy(bias_file(layer), layer.name + ".bias", {layer.out.C});
  }

  std::vector<std::string> files(const Layer& layer) const override {
    return parameters_.biases.empty() ? std::vector<std::string>{} : std::vector<std::string>{bias_file(layer)};
  }

  std::string label() const override {
    const double zeros = parameters_.zero_share;
    const std::string made = parameters_.made();
    const bool others = zeros > 0.0 || (!parameters_.biases_for.empty() && parameters_.biases_for != made);
    std::string label = "synthetic:" + made;
    if (zeros > 0.0) label += ", zero share " + shortest_decimal(zeros) + " by magnitude pruning";
    if (parameters_.biases.empty()) return label + ", zero biases";
    return label + ", biases calibrated on " + parameters_.calibration_image +
           (others ? " with other weights: the zero shares are not the calibrated ones" : "");
  }

 private:
  std::string bias_file(const Layer& layer) const { return folder_ + "/" + layer.name + ".bias.npy"; }

  SyntheticWeights parameters_;
  std::string folder_;
};

}  // namespace

std::string SyntheticWeights::made() const { return distribution + ",seed=" + std::to_string(seed); }

std::vector<std::int64_t> weight_shape(const Layer& layer) {
  return {layer.out.C, layer.in.C / layer.G, layer.R, layer.S};
}

std::unique_ptr<WeightSet> synthetic_weights(const Network& network, const std::string& folder) {
  return std::make_unique<SyntheticWeightSet>(network.synthetic, folder);
}

}  // namespace lacuna

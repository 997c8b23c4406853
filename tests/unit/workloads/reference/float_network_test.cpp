// SPDX-License-Identifier: Apache-2.0
#include "workloads/reference/float_network.hpp"

#include <gtest/gtest.h>

#include "tests/support/error_of.hpp"

namespace lacuna {
namespace {

/// Weights of one everywhere, biases of zero.
class Ones final : public WeightSet {
 public:
  Tensor<float> weights(const Layer& layer) const override { return Tensor<float>(weight_shape(layer), 1.0f); }
  Tensor<float> bias(const Layer& layer) const override { return Tensor<float>({layer.out.C}); }
  void check(const Layer&) const override {}
  std::vector<std::string> files(const Layer&) const override { return {}; }
  std::string label() const override { return "ones"; }
};

Network network_of(const std::string& layers) {
  const JsonDocument document = JsonDocument::parse(R"({
    "name": "n", "description": "", "source": "", "input": {"C": 1, "H": 2, "W": 2},
    "normalisation": {"mean": [0], "scale": 1}, "synthetic_weights": {"distribution": "laplace", "seed": 1},
    "layers": [)" + layers + "]}",
                                                    "n.json");
  return load_network(document.view());
}

/// "name:first word of the ofmap" of each layer that the observer sees.
std::string trace(const Network& network, const std::string& last = "") {
  std::string seen;
  Tensor<float> input({1, 2, 2});
  input.data = {1, 2, 3, 4};
  run_float_network(
      network, Ones(), input,
      [&](const Layer& layer, const Tensor<float>& ifmap, const LayerWeights* weights, const Tensor<float>& ofmap) {
        EXPECT_EQ(ifmap.size(), layer.in.words());
        EXPECT_EQ(weights != nullptr, layer.on_array());
        seen += layer.name + ":" + std::to_string(static_cast<int>(ofmap.data[0])) + " ";
      },
      last);
  return seen;
}

const char* const kFork = R"({"name": "a", "kind": "fc", "M": 3},
                             {"name": "b", "kind": "fc", "M": 2},
                             {"name": "c", "kind": "conv", "input": "a", "M": 2, "R": 1, "S": 1},
                             {"name": "d", "kind": "conv", "input": "input", "M": 1, "R": 2, "S": 1})";

TEST(FloatNetwork, GivesEachLayerTheMapItReads) {
  // a: 1 + 2 + 3 + 4; b: 10 + 10 + 10; c reads a, not b; d reads the input: 1 + 3.
  EXPECT_EQ(trace(network_of(kFork)), "a:10 b:30 c:30 d:4 ");
}

TEST(FloatNetwork, StopsBehindTheLastLayerAskedFor) {
  EXPECT_EQ(trace(network_of(kFork), "b"), "a:10 b:30 ");
  EXPECT_EQ(error_of([] { trace(network_of(kFork), "e"); }), "network n: unknown layer, found 'e'; allowed a, b, c, d");
}

TEST(ZeroShare, OfThePaddedMapCountsPaddingAsZeros) {
  const Network n = network_of(R"({"name": "a", "kind": "conv", "M": 1, "R": 3, "S": 3, "P": 1})");
  Tensor<float> map({1, 2, 2});
  map.data = {0, 1, 0, 2};
  EXPECT_EQ(zero_share(map), 0.5);                              // 2 of 4
  EXPECT_EQ(padded_zero_share(n.layers[0], map), 14.0 / 16.0);  // 2 and the 12 of the border, of 16
}

}  // namespace
}  // namespace lacuna

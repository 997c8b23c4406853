// SPDX-License-Identifier: Apache-2.0
#include "workloads/weight/weight_set.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>

#include "tests/support/error_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "workloads/tensor/npy.hpp"

namespace lacuna {
namespace {

Layer conv_layer(const std::string& name) {
  Layer layer;
  layer.name = name;
  layer.kind = LayerKind::conv;
  layer.in = {8, 10, 10};
  layer.out = {64, 8, 8};
  layer.G = 2;
  layer.R = 3;
  layer.S = 5;
  return layer;
}

Network network_with_seed(std::int64_t seed) {
  Network network;
  network.name = "n";
  network.synthetic.seed = seed;
  return network;
}

TEST(SyntheticWeights, HaveTheMomentsOfALaplaceDistribution) {
  Layer layer = conv_layer("c");
  layer.out.C = 4096;
  const Tensor<float> w = synthetic_weights(network_with_seed(1), "")->load(layer).weights;
  EXPECT_EQ(w.shape, (std::vector<std::int64_t>{4096, 4, 3, 5}));
  double sum = 0.0;
  double magnitude = 0.0;
  double square = 0.0;
  for (const float x : w.data) {
    sum += x;
    magnitude += std::fabs(x);
    square += static_cast<double>(x) * x;
  }
  // Scale b = 1 / sqrt(4 x 3 x 5): mean 0, mean magnitude b, variance 2 b^2 = 2 / 60, fourth moment 24 b^4. With n =
  // 245760 the standard errors are b sqrt(2 / n), b sqrt(1 / n) and b^2 sqrt(20 / n); four of each.
  const auto n = static_cast<double>(w.size());
  const double b = 1.0 / std::sqrt(60.0);
  EXPECT_NEAR(sum / n, 0.0, 4 * b * std::sqrt(2.0 / n));
  EXPECT_NEAR(magnitude / n, b, 4 * b * std::sqrt(1.0 / n));
  EXPECT_NEAR(square / n, 2.0 / 60.0, 4 * b * b * std::sqrt(20.0 / n));
}

TEST(SyntheticWeights, AreTheSameOnEveryHost) {
  const Tensor<float> w = synthetic_weights(network_with_seed(1), "")->load(conv_layer("conv1")).weights;
  // key = mix(mix(1) ^ FNV-1a("conv1")), word i = mix(key + (i + 1) x 0x9e3779b97f4a7c15), magnitude -ln(unit) /
  // sqrt(60), worked out apart from this program: a change of generator, logarithm or seeding would change every
  // result.
  EXPECT_EQ(w.data[0], 0.153301865f);
  EXPECT_EQ(w.data[1], 0.23587364f);
  EXPECT_EQ(w.data[3839], 0.47849682f);
}

TEST(SyntheticWeights, HaveTheMomentsOfANormalDistributionWhereTheNetworkSaysSo) {
  Layer layer = conv_layer("c");
  layer.out.C = 4096;
  Network network = network_with_seed(1);
  network.synthetic.distribution = "normal";
  const Tensor<float> w = synthetic_weights(network, "")->load(layer).weights;
  double moments[5] = {};
  for (const float x : w.data) {
    const double y = static_cast<double>(x) / std::sqrt(2.0 / 60.0);
    double power = 1.0;
    for (double& moment : moments) {
      moment += power / static_cast<double>(w.size());
      power *= y;
    }
  }
  // Of a standard normal: 0, 1, 0, 3, with variances 1, 2, 15, 96 over n = 245760; four standard errors of each.
  const auto error = [&](double variance) { return 4 * std::sqrt(variance / static_cast<double>(w.size())); };
  EXPECT_NEAR(moments[1], 0.0, error(1.0));
  EXPECT_NEAR(moments[2], 1.0, error(2.0));
  EXPECT_NEAR(moments[3], 0.0, error(15.0));
  EXPECT_NEAR(moments[4], 3.0, error(96.0));
}

TEST(SyntheticWeights, OfANormalDistributionAreTheSameOnEveryHost) {
  Network network = network_with_seed(1);
  network.synthetic.distribution = "normal";
  const Tensor<float> w = synthetic_weights(network, "")->load(conv_layer("conv1")).weights;
  // The stream as above; point t of weight i is (2 unit(i + 2 t 2^40) - 1, 2 unit(i + (2 t + 1) 2^40) - 1), worked out
  // apart from this program. Weight 0 takes its first point, 1 its third, 3839 its second.
  EXPECT_EQ(w.data[0], -0.0521401316F);
  EXPECT_EQ(w.data[1], -0.0757750571F);
  EXPECT_EQ(w.data[3839], -0.0887517929F);
  EXPECT_EQ(synthetic_weights(network, "")->label(), "synthetic:normal,seed=1, zero biases");
}

TEST(SyntheticWeights, DifferByLayerAndBySeedOnly) {
  const auto one = synthetic_weights(network_with_seed(1), "");
  const auto two = synthetic_weights(network_with_seed(2), "");
  const auto first = one->load(conv_layer("a")).weights.data;
  EXPECT_EQ(one->load(conv_layer("a")).weights.data, first);
  EXPECT_NE(one->load(conv_layer("b")).weights.data, first);
  EXPECT_NE(two->load(conv_layer("a")).weights.data, first);
}

TEST(SyntheticWeights, SayThatTheyAreSynthetic) {
  Network network = network_with_seed(3);
  EXPECT_EQ(synthetic_weights(network, "w")->label(), "synthetic:laplace,seed=3, zero biases");
  EXPECT_TRUE(synthetic_weights(network, "w")->files(conv_layer("c")).empty());
  network.synthetic.biases = "n";
  network.synthetic.calibration_image = "china.png";
  EXPECT_EQ(synthetic_weights(network, "w")->label(), "synthetic:laplace,seed=3, biases calibrated on china.png");
  EXPECT_EQ(synthetic_weights(network, "w")->files(conv_layer("c")), std::vector<std::string>{"w/n/c.bias.npy"});
  EXPECT_EQ(error_of([&] { synthetic_weights(network, "w")->load(conv_layer("c")); }),
            "w/n/c.bias.npy: cannot be read");
}

TEST(SyntheticWeights, LoseTheShareOfLeastMagnitudeOfEveryLayerAndKeepTheOthers) {
  const std::vector<float> all = synthetic_weights(network_with_seed(1), "")->load(conv_layer("c")).weights.data;
  Network network = network_with_seed(1);
  network.synthetic.zero_share = 0.7;
  const std::vector<float> left = synthetic_weights(network, "")->load(conv_layer("c")).weights.data;
  float largest_lost = 0.0F;
  float smallest_left = std::numeric_limits<float>::infinity();
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (left[i] == 0.0F) {
      largest_lost = std::max(largest_lost, std::fabs(all[i]));
    } else {
      EXPECT_EQ(left[i], all[i]);
      smallest_left = std::min(smallest_left, std::fabs(left[i]));
    }
  }
  EXPECT_EQ(std::count(left.begin(), left.end(), 0.0F), 2688);  // 0.7 x 64 x 4 x 3 x 5
  EXPECT_LE(largest_lost, smallest_left);
  // A Laplace magnitude is exponential with mean b = 1 / sqrt(60): the 70th percentile is b ln(1 / 0.3) = 0.1554.
  EXPECT_NEAR(largest_lost, 0.1554, 0.01);
}

TEST(SyntheticWeights, SayThatTheyArePruned) {
  Network network = network_with_seed(3);
  network.synthetic.zero_share = 0.7;
  EXPECT_EQ(synthetic_weights(network, "w")->label(),
            "synthetic:laplace,seed=3, zero share 0.7 by magnitude pruning, zero biases");
}

class DirectoryWeights : public ::testing::Test {
 protected:
  std::string load_error() const {
    const std::string message = error_of([&] { directory_weights(folder_)->load(conv_layer("conv1")); });
    return message.rfind(folder_ + "/", 0) == 0 ? message.substr(folder_.size() + 1) : message;
  }

  ScratchFolder scratch_;
  std::string folder_ = scratch_.path();
};

TEST_F(DirectoryWeights, AreReadAsTheyAre) {
  Tensor<float> weights({64, 4, 3, 5}, 0.5f);
  weights.data[7] = -3.0f;
  const Tensor<float> bias({64}, 2.0f);
  write_npy(folder_ + "/conv1.weight.npy", weights);
  write_npy(folder_ + "/conv1.bias.npy", bias);
  const auto set = directory_weights(folder_);
  EXPECT_EQ(set->load(conv_layer("conv1")).weights.data, weights.data);
  EXPECT_EQ(set->load(conv_layer("conv1")).bias.data, bias.data);
  EXPECT_EQ(set->label(), "directory");
  EXPECT_EQ(set->files(conv_layer("conv1")),
            (std::vector<std::string>{folder_ + "/conv1.weight.npy", folder_ + "/conv1.bias.npy"}));
}

TEST_F(DirectoryWeights, AreRefusedWithFileTensorFoundAndWanted) {
  EXPECT_EQ(load_error(), "conv1.weight.npy: cannot be read");
  write_npy(folder_ + "/conv1.weight.npy", Tensor<float>({64, 8, 3, 5}));
  EXPECT_EQ(load_error(), "conv1.weight.npy: conv1.weight: shape (64, 8, 3, 5) found; (64, 4, 3, 5) wanted");
  write_npy(folder_ + "/conv1.weight.npy", Tensor<float>({64, 4, 3, 5}));
  EXPECT_EQ(load_error(), "conv1.bias.npy: cannot be read");
  write_npy(folder_ + "/conv1.bias.npy", Tensor<float>({64, 1}));
  EXPECT_EQ(load_error(), "conv1.bias.npy: conv1.bias: shape (64, 1) found; (64,) wanted");
  write_npy(folder_ + "/conv1.bias.npy", Tensor<float>({64}, std::numeric_limits<float>::infinity()));
  EXPECT_EQ(load_error(), "conv1.bias.npy: conv1.bias: infinity found at word 0; finite numbers wanted");
}

}  // namespace
}  // namespace lacuna

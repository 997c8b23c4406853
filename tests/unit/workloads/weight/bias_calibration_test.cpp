// SPDX-License-Identifier: Apache-2.0
#include "workloads/weight/bias_calibration.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>

#include "tests/support/error_of.hpp"
#include "workloads/image/input_image.hpp"
#include "workloads/reference/float_network.hpp"
#include "workloads/tensor/npy.hpp"
#include "workloads/weight/weight_set.hpp"

namespace lacuna {
namespace {

const std::string kWorkloads = LACUNA_SOURCE_DIR "/workloads/";

Network shipped(const std::string& name) {
  const JsonDocument document = JsonDocument::load(kWorkloads + "networks/" + name + ".json");
  return load_network(document.view());
}

Tensor<float> calibration_input(const Network& network) {
  return load_input_image(kWorkloads + "images/" + network.synthetic.calibration_image, network);
}

/// The shipped biases are what a calibration gives today, and reach their targets within `tolerance`.
void expect_shipped_biases(const std::string& name, double tolerance) {
  const Network network = shipped(name);
  for (const CalibratedBias& b : calibrated_biases(network, calibration_input(network))) {
    const std::string file = kWorkloads + "weights/" + network.synthetic.biases + "/" + b.layer + ".bias.npy";
    EXPECT_EQ(read_npy(file).data, b.bias.data) << file;
    EXPECT_NEAR(b.reached, b.wanted, tolerance) << b.layer << " for " << b.target;
  }
}

TEST(BiasCalibration, OfAlexNetReachesTheZeroSharesOfTableV) {
  const Network network = shipped("alexnet");
  // Chen et al., JSSC 52(1) 2017, Table V, of the padded ifmaps of conv2 to conv5.
  const double table_v[] = {0.387, 0.725, 0.793, 0.776};
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(network.zero_share_targets[i].layer, "conv" + std::to_string(i + 2));
    EXPECT_EQ(network.zero_share_targets[i].zero_share, table_v[i]);
  }
  expect_shipped_biases("alexnet", 0.00013);  // the smallest ifmap, fc7's, has 4096 words: half of one is 0.00012
}

TEST(BiasCalibration, OfTinyReachesItsTargets) {
  // The smallest ifmap has 20 words: half a word is 0.025.
  expect_shipped_biases("tiny", 0.025);
}

TEST(BiasCalibration, HoldsInTheNetworkThatIsRunWithTheShippedBiases) {
  const Network network = shipped("tiny");
  const auto weights = synthetic_weights(network, kWorkloads + "weights");
  std::string shares;
  run_float_network(
      network, *weights, calibration_input(network),
      [&](const Layer& layer, const Tensor<float>& ifmap, const LayerWeights* used, const Tensor<float>&) {
        if (used == nullptr || layer.name == "conv1") return;
        const double words = static_cast<double>(layer.shape(1).padded_ifmap_words());
        shares += layer.name + ":" + std::to_string(std::lround(padded_zero_share(layer, ifmap) * words)) + " ";
      });
  // 0.6 x 512 = 307.2, 0.5 x 192 = 96, 0.8 x 256 = 204.8, 0.6 x 64 = 38.4, 0.5 x 20 = 10
  EXPECT_EQ(shares, "conv2:307 conv3:96 conv4:205 fc5:38 fc6:10 ");
}

TEST(BiasCalibration, WritesWhatTheSyntheticWeightsRead) {
  Network network = shipped("tiny");
  const std::string folder = ::testing::TempDir() + "lacuna_calibration_test";
  const auto biases = calibrate_biases(network, kWorkloads + "images/tiny.png", folder + "/made");
  network.synthetic.biases = "made";
  const auto weights = synthetic_weights(network, folder);
  ASSERT_EQ(biases.size(), 6u);
  for (const CalibratedBias& b : biases) EXPECT_EQ(weights->load(network.layer(b.layer)).bias.data, b.bias.data);
  std::filesystem::remove_all(folder);
}

/// The message for a network of these layers and one target.
std::string target_error(const std::string& layers, const std::string& target, double share) {
  const JsonDocument document = JsonDocument::parse(R"({
    "name": "n", "description": "", "source": "", "input": {"C": 3, "H": 4, "W": 4},
    "normalisation": {"mean": [0, 0, 0], "scale": 1}, "synthetic_weights": {"distribution": "laplace", "seed": 1},
    "layers": [{"name": "a", "kind": "conv", "M": 2, "R": 1, "S": 1}, )" +
                                                        layers + "]}",
                                                    "n.json");
  Network network = load_network(document.view());
  network.zero_share_targets = {{target, share, ""}};
  return error_of([&] { calibrated_biases(network, Tensor<float>({3, 4, 4}, 1.0f)); });
}

TEST(BiasCalibration, RefusesTargetsThatNoBiasReaches) {
  const std::string relu = R"({"name": "r", "kind": "relu"}, )";
  const std::string average = R"({"name": "p", "kind": "average_pool", "R": 2}, )";
  const std::string conv = R"({"name": "b", "kind": "conv", "M": 2, "R": 1, "S": 1, "P": 1})";
  EXPECT_EQ(target_error(relu + conv, "b", 0.7), "no error");
  EXPECT_EQ(target_error(relu + average + conv, "b", 0.9), "no error");
  // 6 x 6 = 36 words of each padded channel, 36 - 4 x 4 = 20 of them padding: 0.555556.
  EXPECT_EQ(target_error(relu + conv, "b", 0.5),
            "network n: zero-share target of b: 0.500000 found; padding alone makes 0.555556");
  EXPECT_EQ(target_error(conv, "b", 0.7), "network n: zero-share target of b: no relu between it and layer a");
  EXPECT_EQ(target_error(conv, "a", 0.7),
            "network n: zero-share target of a: no conv or fc layer before it has a bias");
  EXPECT_EQ(target_error(average + relu + conv, "b", 0.7),
            "network n: zero-share target of b: layer p stands between it and the bias");
}

TEST(BiasCalibration, RefusesTwoTargetsForOneBias) {
  Network network = shipped("tiny");
  network.layers[6].inputs = {"relu1"};  // conv3, of 12 channels; only the graph matters here
  EXPECT_EQ(error_of([&] { calibrated_biases(network, calibration_input(network)); }),
            "network tiny: zero-share target of conv3: the bias of conv1 is already chosen for conv2");
}

TEST(BiasCalibration, NamesAFolderThatCannotBeMade) {
  const Network network = shipped("tiny");
  const std::string image = kWorkloads + "images/tiny.png";
  EXPECT_EQ(error_of([&] { calibrate_biases(network, image, image + "/x"); }),
            image + "/x: cannot be made (Not a directory)");
}

}  // namespace
}  // namespace lacuna

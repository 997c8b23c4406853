// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "sim/values/calibrate.hpp"
#include "sim/values/network_values.hpp"
#include "workloads/image/input_image.hpp"

namespace lacuna {
namespace {

const std::string kRoot = LACUNA_SOURCE_DIR;

struct AlexNet {
  explicit AlexNet(const std::string& weights_name = "synthetic")
      : weights(open_weights(weights_name, network, kRoot + "/workloads/weights")) {
    if (weights_name == "trained") network.ranges = network.trained.ranges;
  }

  Network network = load_network(JsonDocument::load(kRoot + "/workloads/networks/alexnet.json").view());
  std::unique_ptr<WeightSet> weights;
  Tensor<float> china = load_input_image(kRoot + "/workloads/images/china.png", network);

  static Precision precision(const std::string& name) {
    return load_precision(JsonDocument::load(kRoot + "/configs/precision/" + name + ".json").view());
  }

  /// The conv layers on china.png.
  std::map<std::string, LayerValues> conv_layers(const std::string& precision_name, const std::string& mac) const {
    ValuesRequest request;
    request.network = &network;
    request.weights = weights.get();
    request.mac = Registry<MacDatapath>::instance().find(mac);
    request.precision = resolve_precision(precision(precision_name), network, *request.mac, Arithmetic());
    request.images = [this] { return std::vector<Tensor<float>>{china}; };
    request.last = "conv5";
    std::map<std::string, LayerValues> layers;
    compute_values(request, [&layers](LayerValues&& values) {
      if (values.layer.on_array()) layers[values.layer.name] = std::move(values);
    });
    return layers;
  }
};

/// One row of the table in configs/precision/README.md.
void expect_sqnr(const std::map<std::string, LayerValues>& layers, const std::vector<double>& decibels) {
  ASSERT_EQ(layers.size(), decibels.size());
  std::size_t column = 0;
  for (const auto& entry : layers) EXPECT_NEAR(entry.second.sqnr_db, decibels[column++], 0.05) << entry.first;
}

TEST(AlexNetValues, HaveTheZeroSharesThatEyerissMeasured) {
  const auto layers = AlexNet().conv_layers("fixed16", "bit_parallel");
  // Chen et al., IEEE JSSC 52(1), 2017, Table V: zeros in the ifmaps of CONV2 to CONV5, each within one point.
  EXPECT_NEAR(zero_shares(layers.at("conv2"), 1).ifmap_padded, 0.387, 0.01);
  EXPECT_NEAR(zero_shares(layers.at("conv3"), 1).ifmap_padded, 0.725, 0.01);
  EXPECT_NEAR(zero_shares(layers.at("conv4"), 1).ifmap_padded, 0.793, 0.01);
  EXPECT_NEAR(zero_shares(layers.at("conv5"), 1).ifmap_padded, 0.776, 0.01);
  expect_sqnr(layers, {60.7, 41.1, 37.8, 35.4, 31.5});
  for (const auto& entry : layers) {
    for (const Word psum : entry.second.psums[0])  // 1%: the psums are quantised, the calibration was not
      ASSERT_LT(std::abs(psum), 32768 / kPsumHeadroom * 1.01) << entry.first << ": a psum is near to wrapping";
  }
}

TEST(AlexNetValues, HaveTheStatedNoiseWithSharedAndWithEightBitWeights) {
  const AlexNet alexnet;
  expect_sqnr(alexnet.conv_layers("codebook8", "codebook_lookup"), {39.4, 24.1, 21.3, 18.8, 14.6});
  expect_sqnr(alexnet.conv_layers("fixed8", "bit_parallel"), {32.3, 15.5, 11.7, 9.2, 2.9});
}

TEST(AlexNetValues, HaveTheStatedNoiseWithTrainedWeights) {
  const AlexNet alexnet("trained");
  expect_sqnr(alexnet.conv_layers("fixed16", "bit_parallel"), {49.4, 45.2, 47.2, 47.3, 44.2});
  expect_sqnr(alexnet.conv_layers("codebook8", "codebook_lookup"), {49.4, 45.2, 47.2, 47.3, 44.2});
  expect_sqnr(alexnet.conv_layers("fixed8", "bit_parallel"), {30.6, 24.9, 22.9, 22.3, 19.7});
}

TEST(AlexNetValues, FitTheRangesOfTheTrainedWeights) {
  const AlexNet alexnet("trained");
  Ranges ranges = alexnet.network.ranges;
  for (const char* image : {"/images/china.png", "/images/flower.png", "/evaluation/alexnet/astronaut_00.jpg"}) {
    const Tensor<float> pixels = load_input_image(kRoot + "/workloads" + image, alexnet.network);
    ranges = wider_ranges(ranges, calibrate_ranges(alexnet.network, *alexnet.weights, pixels));
  }
  EXPECT_EQ(ranges, alexnet.network.ranges) << "they are the largest of these and of all other labelled images";
}

TEST(AlexNetValues, HaveTheShippedRanges) {
  const AlexNet alexnet;
  EXPECT_EQ(calibrate_ranges(alexnet.network, *alexnet.weights, alexnet.china), alexnet.network.ranges);
}

}  // namespace
}  // namespace lacuna

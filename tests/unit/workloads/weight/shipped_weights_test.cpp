// SPDX-License-Identifier: Apache-2.0
// The weight files that come with networks.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "workloads/json/json_view.hpp"
#include "workloads/weight/weight_file.hpp"
#include "workloads/weight/weight_set.hpp"

namespace lacuna {
namespace {

const std::string kRoot = LACUNA_SOURCE_DIR;

Network alexnet() {
  const JsonDocument file = JsonDocument::load(kRoot + "/workloads/networks/alexnet.json");
  return load_network(file.view());
}

TEST(ShippedWeights, OfAlexNetHaveTheDensitiesOfDeepCompression) {
  // Han, Mao, Dally, "Deep Compression", ICLR 2016, Table 4.
  const std::map<std::string, double> densities = {{"conv1", 0.84}, {"conv2", 0.38}, {"conv3", 0.35}, {"conv4", 0.37},
                                                   {"conv5", 0.37}, {"fc6", 0.09},   {"fc7", 0.09},   {"fc8", 0.25}};
  const Network network = alexnet();
  const WeightFileReader reader(kRoot + "/workloads/weights/" + network.trained.file, network.trained.sha256);
  EXPECT_EQ(reader.network(), "alexnet");
  EXPECT_EQ(reader.bias_sets(), (std::vector<std::string>{"trained", "calibrated"}));
  EXPECT_LT(reader.bytes(), 9'000'000U);
  for (const Layer* layer : network.array_layers()) {
    const SharedTensor tensor = reader.tensor(layer->name);
    EXPECT_EQ(tensor.shape, weight_shape(*layer));
    EXPECT_EQ(tensor.code_bits, layer->kind == LayerKind::fc ? 4 : 8) << layer->name;
    const auto left = static_cast<double>(tensor.index.entries() - tensor.index.fillers());
    // A weight of least magnitude more or less, and those that training brought to 0 by chance.
    EXPECT_NEAR(left / static_cast<double>(Tensor<float>::count(tensor.shape)), densities.at(layer->name), 0.0005)
        << layer->name;
  }
}

TEST(ShippedWeights, OfAlexNetGiveEveryWeightAValueOfItsCodebook) {
  const Network network = alexnet();
  const auto weights = open_weights("trained", network, kRoot + "/workloads/weights");
  const LayerWeights conv2 = weights->load(network.layer("conv2"));
  const WeightFileReader reader(kRoot + "/workloads/weights/" + network.trained.file);
  const std::vector<float> codebook = reader.tensor("conv2").codebook;
  for (const float weight : conv2.weights.data) {
    ASSERT_TRUE(weight == 0.0F || std::binary_search(codebook.begin() + 1, codebook.end(), weight));
  }
  EXPECT_EQ(conv2.bias.data, reader.tensor("conv2").biases[0].data);
}

}  // namespace
}  // namespace lacuna

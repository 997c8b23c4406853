// SPDX-License-Identifier: Apache-2.0
// Shapes and sums of the shipped networks, worked out from the tables of their papers.
#include <gtest/gtest.h>

#include "workloads/network/network.hpp"

namespace lacuna {
namespace {

Network shipped(const std::string& name) {
  return load_network(JsonDocument::load(LACUNA_SOURCE_DIR "/workloads/networks/" + name + ".json").view());
}

struct Sums {
  std::int64_t conv_macs = 0;
  std::int64_t conv_weights = 0;
  std::int64_t fc_macs = 0;  ///< and weights: each is used once
};

Sums sums_of(const Network& network) {
  Sums sums;
  for (const Layer* layer : network.array_layers()) {
    const bool conv = layer->kind == LayerKind::conv;
    (conv ? sums.conv_macs : sums.fc_macs) += layer->shape(1).macs();
    sums.conv_weights += conv ? layer->shape(1).filter_words() : 0;
  }
  return sums;
}

std::string out_of(const Network& network, const std::string& name) {
  const MapShape& out = network.layer(name).out;
  return std::to_string(out.C) + " x " + std::to_string(out.H) + " x " + std::to_string(out.W);
}

TEST(TorchvisionAlexNet, IsNotTheOneOfThePaper) {
  const Network n = shipped("alexnet_torchvision");
  // 64 x 55^2 x 3 x 11^2 + 192 x 27^2 x 64 x 5^2 + 13^2 x 3^2 x (384 x 192 + 256 x 384 + 256 x 256)
  //   = 70,276,800 + 223,948,800 + 112,140,288 + 149,520,384 + 99,680,256
  EXPECT_EQ(sums_of(n).conv_macs, 655566528);
  EXPECT_EQ(sums_of(n).fc_macs, (256 * 6 * 6 + 4096 + 1000) * 4096);
  EXPECT_EQ(out_of(n, "conv1"), "64 x 55 x 55");  // (224 + 2 x 2 - 11) / 4 + 1
  EXPECT_EQ(out_of(n, "pool5"), "256 x 6 x 6");
  EXPECT_EQ(sums_of(shipped("alexnet")).conv_macs, 665784864);
}

TEST(Vgg16, HasTheMacsAndWeightsOfItsTable) {
  const Network n = shipped("vgg16");
  // 9 x (3 x 64 + 64 x 64 + 64 x 128 + 128^2 + 128 x 256 + 2 x 256^2 + 256 x 512 + 5 x 512^2)
  EXPECT_EQ(sums_of(n).conv_weights, 14710464);  // 14.7 M (Chen et al., ISSCC 2016, 14.5)
  // 9 x (224^2 (3 x 64 + 64^2) + 112^2 (64 x 128 + 128^2) + 56^2 (128 x 256 + 2 x 256^2) + 28^2 (256 x 512 + 2 x 512^2)
  //   + 14^2 x 3 x 512^2)
  EXPECT_EQ(sums_of(n).conv_macs, 15346630656);  // 15.3 G, ibid.
  EXPECT_EQ(sums_of(n).fc_macs, (512 * 7 * 7 + 4096 + 1000) * 4096);
  EXPECT_EQ(n.array_layers().size(), 16U);
}

TEST(ResNet18, HasTheMacsOfItsTable) {
  const Network n = shipped("resnet18");
  // conv1 64 x 112^2 x 147 = 118,013,952. A 3 x 3 layer of 64 channels at 56^2, 128 at 28^2, 256 at 14^2 or 512 at 7^2:
  // 64^2 x 9 x 56^2 = 115,605,504. Stage 2: 4 of them; 3 to 5: 3 1/2 (the first reads half the channels) and the
  // shortcut, a ninth of a half.
  const std::int64_t one = 115605504;
  EXPECT_EQ(sums_of(n).conv_macs, 118013952 + 4 * one + 3 * (3 * one + one / 2 + one / 18));
  EXPECT_EQ(sums_of(n).conv_macs, 1813561344);  // 1.8 G (He et al., CVPR 2016, Table 1)
  EXPECT_EQ(sums_of(n).fc_macs, 512000);
  // 64 x 147 + 4 x 36,864, then 3.5 + 1/18 times 147,456, 589,824 and 2,359,296
  EXPECT_EQ(sums_of(n).conv_weights, 9408 + 147456 + 524288 + 2097152 + 8388608);
  EXPECT_EQ(out_of(n, "pool1"), "64 x 56 x 56");
  EXPECT_EQ(out_of(n, "add5b"), "512 x 7 x 7");
  EXPECT_EQ(n.layer("conv4a_shortcut").U, 2);
}

TEST(MobileNetV1, HasTheMacsAndWeightsOfItsTable) {
  const Network n = shipped("mobilenet_v1");
  const Sums sums = sums_of(n);
  EXPECT_EQ(sums.conv_macs + sums.fc_macs, 568740352);   // 569 M (Howard et al. 2017, Table 4)
  EXPECT_EQ(sums.conv_weights + sums.fc_macs, 4209088);  // 4.2 M, ibid.
  std::int64_t depthwise = 0;
  for (const Layer* layer : n.array_layers()) depthwise += layer->G == layer->in.C ? layer->shape(1).macs() : 0;
  // 9 x (112^2 x 32 + 56^2 (64 + 128) + 28^2 (128 + 256) + 14^2 (256 + 5 x 512) + 7^2 (512 + 1024))
  EXPECT_EQ(depthwise, 17385984);  // 3.06 % of all: ibid., Table 2
  EXPECT_EQ(out_of(n, "conv14_pw"), "1024 x 7 x 7");
}

TEST(GoogLeNet, HasTheShapesAndWeightsOfItsTable) {
  const Network n = shipped("googlenet");
  EXPECT_EQ(out_of(n, "pool1"), "64 x 56 x 56");  // ceil((112 - 3) / 2) + 1
  EXPECT_EQ(out_of(n, "pool2"), "192 x 28 x 28");
  EXPECT_EQ(out_of(n, "inception3a"), "256 x 28 x 28");  // 64 + 128 + 32 + 32
  EXPECT_EQ(out_of(n, "inception3b"), "480 x 28 x 28");
  EXPECT_EQ(out_of(n, "inception4a"), "512 x 14 x 14");
  EXPECT_EQ(out_of(n, "inception4e"), "832 x 14 x 14");
  EXPECT_EQ(out_of(n, "inception5b"), "1024 x 7 x 7");
  std::int64_t weights = 0;
  for (const Layer* layer : n.array_layers()) {
    if (layer->name.rfind("inception3a", 0) == 0) weights += layer->shape(1).filter_words();
  }
  // 192 x (64 + 96 + 16 + 32) + 96 x 128 x 9 + 16 x 32 x 25
  EXPECT_EQ(weights, 163328);                   // 159K in Table 1
  EXPECT_EQ(sums_of(n).conv_macs, 1581647872);  // 1.5 G (Szegedy et al., CVPR 2015, section 1)
  EXPECT_EQ(sums_of(n).fc_macs, 1024000);
}

TEST(TinyGraph, HasEveryKindOfBranchAndIsSmall) {
  const Network n = shipped("tiny_graph");
  std::string kinds;
  bool dilated = false;
  bool depthwise = false;
  bool skips = false;
  for (const Layer& l : n.layers) {
    kinds += to_string(l.kind) + " ";
    dilated = dilated || l.D > 1;
    depthwise = depthwise || (l.kind == LayerKind::conv && l.G > 1 && l.G == l.in.C);
    skips = skips || (l.kind == LayerKind::conv && l.U > l.S);
  }
  for (const char* kind : {"add", "concat", "global_average_pool"}) {
    EXPECT_NE(kinds.find(kind), std::string::npos) << kind;
  }
  EXPECT_TRUE(dilated && depthwise && skips);
  EXPECT_EQ(out_of(n, "concat5"), "12 x 4 x 4");  // 6 + 4 + 2
  EXPECT_EQ(out_of(n, "pool6"), "12 x 2 x 2");    // ceil((4 - 3) / 2) + 1
  EXPECT_LT(sums_of(n).conv_macs, 200000);
}

TEST(Networks, StateAllTheirTotals) {
  for (const char* name : {"alexnet_torchvision", "vgg16", "resnet18", "mobilenet_v1", "googlenet", "tiny_graph"}) {
    const JsonDocument file =
        JsonDocument::load(LACUNA_SOURCE_DIR "/workloads/networks/" + std::string(name) + ".json");
    for (const char* total : {"conv_macs", "fc_macs", "conv_weights", "fc_weights", "weights"}) {
      EXPECT_TRUE(file.view().at("totals").has(total)) << name << " " << total;  // what is stated is checked on load
    }
  }
}

}  // namespace
}  // namespace lacuna

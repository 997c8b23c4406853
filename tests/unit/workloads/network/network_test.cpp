// SPDX-License-Identifier: Apache-2.0
#include "workloads/network/network.hpp"

#include <gtest/gtest.h>

#include "tests/support/error_of.hpp"

namespace lacuna {
namespace {

Network shipped(const std::string& name) {
  const JsonDocument document = JsonDocument::load(LACUNA_SOURCE_DIR "/workloads/networks/" + name + ".json");
  return load_network(document.view());
}

/// Five numbers of a layer that its paper prints: ifmap height, ifmap channels, ofmap height, ofmap channels, MACs.
std::vector<std::int64_t> figures(const Network& network, const std::string& name) {
  const Layer& l = network.layer(name);
  return {l.in.H, l.in.C, l.out.H, l.out.C, l.shape(1).macs()};
}

TEST(AlexNet, HasTheShapesAndMacsOfItsPaper) {
  const Network n = shipped("alexnet");
  using Figures = std::vector<std::int64_t>;
  // MACs = M E F x C R S, with C per group.
  EXPECT_EQ(figures(n, "conv1"), (Figures{227, 3, 55, 96, 105415200}));   // 96 x 55^2 x 3 x 11^2
  EXPECT_EQ(figures(n, "conv2"), (Figures{27, 96, 27, 256, 223948800}));  // 256 x 27^2 x 48 x 5^2
  EXPECT_EQ(figures(n, "conv3"), (Figures{13, 256, 13, 384, 149520384}));
  EXPECT_EQ(figures(n, "conv4"), (Figures{13, 384, 13, 384, 112140288}));
  EXPECT_EQ(figures(n, "conv5"), (Figures{13, 384, 13, 256, 74760192}));
  EXPECT_EQ(figures(n, "fc6"), (Figures{6, 256, 1, 4096, 37748736}));
  EXPECT_EQ(figures(n, "fc7"), (Figures{1, 4096, 1, 4096, 16777216}));
  EXPECT_EQ(figures(n, "fc8"), (Figures{1, 4096, 1, 1000, 4096000}));
  std::int64_t conv_macs = 0;
  std::int64_t weights = 0;
  for (const Layer* l : n.array_layers()) {
    conv_macs += l->kind == LayerKind::conv ? l->shape(1).macs() : 0;
    weights += l->shape(1).filter_words();
  }
  EXPECT_EQ(conv_macs, 665784864);
  EXPECT_EQ(weights, 60954656);
}

TEST(AlexNet, NamesItsLayersAsUsual) {
  std::string names;
  for (const Layer& l : shipped("alexnet").layers) names += l.name + " ";
  EXPECT_EQ(names,
            "conv1 relu1 norm1 pool1 conv2 relu2 norm2 pool2 conv3 relu3 conv4 relu4 conv5 relu5 pool5 fc6 relu6 fc7 "
            "relu7 fc8 prob ");
}

TEST(TinyNetwork, HasEveryKindOfLayerAndIsSmall) {
  const Network n = shipped("tiny");
  std::int64_t macs = 0;
  std::string kinds;
  for (const Layer& l : n.layers) {
    macs += l.on_array() ? l.shape(1).macs() : 0;
    kinds += to_string(l.kind) + " ";
  }
  EXPECT_EQ(macs, 44008);  // 42528 + 1480
  for (const char* kind : {"conv", "fc", "relu", "lrn", "max_pool", "average_pool", "softmax"}) {
    EXPECT_NE(kinds.find(kind), std::string::npos) << kind;
  }
}

TEST(Network, KnowsWhichLayersTheArrayReadsDirectly) {
  const Network n = shipped("alexnet");
  const auto reader = [&n](const std::string& name) {
    const Layer* layer = n.array_reader(n.layer(name));
    return layer == nullptr ? std::string("none") : layer->name;
  };
  EXPECT_EQ(reader("conv3"), "conv4");
  EXPECT_EQ(reader("relu3"), "conv4");
  EXPECT_EQ(reader("pool2"), "conv3");
  EXPECT_EQ(reader("conv1"), "none");  // LRN and pooling stand between
  EXPECT_EQ(reader("fc6"), "fc7");
  EXPECT_EQ(reader("fc8"), "none");
  EXPECT_TRUE(n.followed_by_relu(n.layer("conv1")));
  EXPECT_FALSE(n.followed_by_relu(n.layer("fc8")));
}

TEST(Network, IsNotFollowedByReluWhereAnotherLayerReadsTheUnrectifiedMap) {
  const JsonDocument document = JsonDocument::parse(R"({
    "name": "fork", "description": "", "source": "", "input": {"C": 1, "H": 4, "W": 4},
    "normalisation": {"mean": [0], "scale": 1}, "synthetic_weights": {"distribution": "laplace", "seed": 1},
    "layers": [{"name": "a", "kind": "conv", "M": 1, "R": 1, "S": 1}, {"name": "r", "kind": "relu"},
               {"name": "b", "kind": "conv", "input": "a", "M": 2, "R": 4, "S": 2, "U": 3}]})",
                                                    "fork.json");
  const Network n = load_network(document.view());
  EXPECT_FALSE(n.followed_by_relu(n.layer("a")));
  EXPECT_EQ(n.layer("r").input(), "a");
  EXPECT_EQ(n.layer("b").input(), "a");
  EXPECT_EQ(n.layer("b").out.H, 1);  // floor((4 - 4) / 3) + 1
  EXPECT_EQ(n.layer("b").out.W, 1);  // floor((4 - 2) / 3) + 1
}

TEST(Network, CutsAMapForItsOneReaderOnTheArrayAndForNoneOfSeveral) {
  const JsonDocument document = JsonDocument::parse(R"({
    "name": "graph", "description": "", "source": "", "input": {"C": 1, "H": 4, "W": 4},
    "normalisation": {"mean": [0], "scale": 1}, "synthetic_weights": {"distribution": "laplace", "seed": 1},
    "layers": [{"name": "a", "kind": "conv", "M": 1, "R": 1, "S": 1}, {"name": "ra", "kind": "relu"},
               {"name": "b", "kind": "conv", "M": 1, "R": 1, "S": 1},
               {"name": "s", "kind": "add", "inputs": ["ra", "b"]}, {"name": "rs", "kind": "relu"},
               {"name": "c", "kind": "conv", "M": 1, "R": 1, "S": 1},
               {"name": "d", "kind": "conv", "input": "c", "M": 1, "R": 1, "S": 1},
               {"name": "e", "kind": "conv", "input": "c", "M": 1, "R": 1, "S": 1}]})",
                                                    "graph.json");
  const Network n = load_network(document.view());
  const auto reader = [&n](const std::string& name) {
    const Layer* layer = n.array_reader(n.layer(name));
    return layer == nullptr ? std::string("none") : layer->name;
  };
  EXPECT_EQ(reader("a"), "b");     // add reads it too, on the host
  EXPECT_EQ(reader("b"), "none");  // add alone
  EXPECT_EQ(reader("s"), "c");
  EXPECT_EQ(reader("c"), "none");  // d and e, which need not agree
  EXPECT_TRUE(n.followed_by_relu(n.layer("a")));
  EXPECT_FALSE(n.followed_by_relu(n.layer("b")));
  EXPECT_TRUE(n.followed_by_relu(n.layer("s")));
}

TEST(Network, SaysWhichLayersThereAre) {
  const Network n = shipped("tiny");
  EXPECT_EQ(error_of([&] { n.layer("conv_2"); }),
            "network tiny: unknown layer, found 'conv_2'; allowed conv1, relu1, norm1, conv2, relu2, pool2, conv3, "
            "relu3, pool3, conv4, relu4, fc5, relu5, fc6, prob; did you mean 'conv2'?");
}

}  // namespace
}  // namespace lacuna

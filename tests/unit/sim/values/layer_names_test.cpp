// SPDX-License-Identifier: Apache-2.0
#include "sim/values/layer_names.hpp"

#include <gtest/gtest.h>

namespace lacuna {
namespace {

Network network(const std::vector<std::pair<const char*, LayerKind>>& layers) {
  Network n;
  n.name = "n";
  for (const auto& [name, kind] : layers) {
    Layer layer;
    layer.name = name;
    layer.kind = kind;
    layer.inputs = {n.layers.empty() ? "input" : n.layers.back().name};
    n.layers.push_back(layer);
  }
  return n;
}

Network chain() {
  return network({{"a", LayerKind::conv},
                  {"relu", LayerKind::relu},
                  {"b", LayerKind::conv},
                  {"norm", LayerKind::lrn},
                  {"pool", LayerKind::max_pool},
                  {"c", LayerKind::fc},
                  {"prob", LayerKind::softmax}});
}

StoredFormat bits(std::int64_t n) { return {"fixed_point", n, 16}; }

TEST(LayerNames, FirstAndLastAreThoseOfTheNetwork) {
  Precision p;
  p.weights = bits(4);
  p.activations = bits(5);
  p.layers["first"].weights = bits(16);
  p.layers["last"] = {"p.json: /layers/last: ", bits(15), bits(14)};
  p.layers["before_last"].activations = bits(13);
  const Precision named = with_layers_named(p, chain());
  EXPECT_EQ(named.weights_of("a").bits, 16);
  EXPECT_EQ(named.weights_of("b").bits, 4);
  EXPECT_EQ(named.weights_of("c").bits, 15);
  EXPECT_EQ(named.activations_of("norm").bits, 13);  // what c reads, through the pool
  EXPECT_EQ(named.activations_of("a").bits, 5);
  EXPECT_EQ(named.activations_of("c").bits, 14);
  EXPECT_EQ(named.activations_of("prob").bits, 14);  // behind it
  EXPECT_EQ(named.layers.count("first") + named.layers.count("last") + named.layers.count("before_last"), 0U);
  EXPECT_EQ(named.layers.at("c").place, "p.json: /layers/last: ");
}

TEST(LayerNames, AKindIsAllItsLayersButForThoseNamedOtherwise) {
  Precision p;
  p.weights = bits(4);
  p.activations = bits(5);
  p.layers["conv"] = {"p.json: /layers/conv: ", bits(8), bits(9)};
  p.layers["fc"].weights = bits(3);
  p.layers["first"].weights = bits(16);
  p.layers["b"].activations = bits(12);
  const Precision named = with_layers_named(p, chain());
  EXPECT_EQ(named.weights_of("a").bits, 16);
  EXPECT_EQ(named.activations_of("a").bits, 9);
  EXPECT_EQ(named.weights_of("b").bits, 8);
  EXPECT_EQ(named.activations_of("b").bits, 12);
  EXPECT_EQ(named.weights_of("c").bits, 3);
  EXPECT_EQ(named.activations_of("c").bits, 5);
  EXPECT_EQ(named.activations_of("norm").bits, 5);
  EXPECT_EQ(named.layers.count("conv") + named.layers.count("fc"), 0U);
}

TEST(LayerNames, ALayerNamedAsAKindIsThatLayer) {
  Precision p;
  p.weights = bits(4);
  p.layers["fc"].weights = bits(3);
  const Precision named = with_layers_named(p, network({{"a", LayerKind::fc}, {"fc", LayerKind::fc}}));
  EXPECT_EQ(named.weights_of("a").bits, 4);
  EXPECT_EQ(named.weights_of("fc").bits, 3);
}

TEST(LayerNames, ALayersOwnNameGoesBefore) {
  Precision p;
  p.layers["first"] = {"", bits(16), bits(12)};
  p.layers["a"].weights = bits(8);
  p.layers["last"].activations = bits(9);
  p.layers["prob"].activations = bits(7);
  const Precision named = with_layers_named(p, chain());
  EXPECT_EQ(named.weights_of("a").bits, 8);
  EXPECT_EQ(named.activations_of("a").bits, 12);
  EXPECT_EQ(named.activations_of("c").bits, 9);
  EXPECT_EQ(named.activations_of("prob").bits, 7);
}

TEST(LayerNames, ALayerThatIsCalledSoIsThatLayer) {
  const Network n = network({{"a", LayerKind::conv},
                             {"first", LayerKind::conv},
                             {"last", LayerKind::conv},
                             {"before_last", LayerKind::conv},
                             {"z", LayerKind::fc}});
  Precision p;
  p.weights = bits(4);
  p.layers["first"].weights = bits(16);
  p.layers["last"].weights = bits(15);
  p.layers["before_last"].weights = bits(14);
  const Precision named = with_layers_named(p, n);
  EXPECT_EQ(named.weights_of("a").bits, 4);
  EXPECT_EQ(named.weights_of("first").bits, 16);
  EXPECT_EQ(named.weights_of("last").bits, 15);
  EXPECT_EQ(named.weights_of("before_last").bits, 14);
  EXPECT_EQ(named.weights_of("z").bits, 4);
}

TEST(LayerNames, OfASingleLayerAreAllOfIt) {
  Precision p;
  p.layers["first"].weights = bits(16);
  p.layers["last"] = {"", bits(8), bits(9)};
  p.layers["before_last"].activations = bits(10);
  const Precision named = with_layers_named(p, network({{"a", LayerKind::fc}}));
  EXPECT_EQ(named.weights_of("a").bits, 16);  // as the first
  EXPECT_EQ(named.activations_of("a").bits, 9);
  EXPECT_EQ(named.activations_of("input").bits, 10);
}

}  // namespace
}  // namespace lacuna

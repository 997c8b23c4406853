// SPDX-License-Identifier: Apache-2.0
// Shipped precisions on shipped chips and networks: which MACs they get, and which layers are exempt.
#include "sim/config/machine.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "sim/config/experiment.hpp"
#include "sim/engine/plan.hpp"

namespace lacuna {
namespace {

using Json = nlohmann::json;

Experiment experiment(const std::string& network, const Json& precision) {
  return compose(
      {JsonDocument(Json{{"chip", "eyeriss"}, {"network", network}, {"precision", precision}}, "test"), {}, {}});
}

TEST(Machine, GetsTheMacsThatAllFormatsOfAPrecisionNeed) {
  EXPECT_EQ(experiment("tiny", "fixed8").chip.mac.kind, "bit_parallel");
  EXPECT_EQ(experiment("tiny", "codebook8").chip.mac.kind, "codebook_lookup");
  Json precision = {{"name", "p"},
                    {"description", "d"},
                    {"source", "s"},
                    {"mac", "bit_bricks"},
                    {"weights", {{"format", "fixed_point"}, {"bits", 8}}},
                    {"activations", {{"format", "fixed_point"}, {"bits", 8}}},
                    {"layers", {{"last", {{"weights", {{"format", "ternary"}, {"bits", 2}}}}}}}};
  EXPECT_EQ(experiment("tiny", precision).chip.mac.kind, "bit_bricks");  // the last layer is not for bit_parallel
  precision.erase("layers");
  EXPECT_EQ(experiment("tiny", precision).chip.mac.kind, "bit_parallel");
}

TEST(Machine, RunsTheFirstAndLastLayerOfAnyNetworkOnItsSecondDatapath) {
  for (const char* const network : {"alexnet", "resnet18", "mobilenet_v1", "vgg16"}) {
    const Experiment ternary = experiment(network, "twn");
    EXPECT_EQ(ternary.chip.mac.kind, "add_subtract");
    const NetworkPrecision precision = resolved_precision(ternary);
    const std::vector<const Layer*> layers = ternary.network.array_layers();
    for (const Layer* layer : layers) {
      const bool exempt = layer == layers.front() || layer == layers.back();
      EXPECT_EQ(precision.layers.at(layer->name).exempt, exempt) << network << " " << layer->name;
      EXPECT_EQ(precision.layers.at(layer->name).weight_bits, exempt ? 16 : 2) << network << " " << layer->name;
    }
  }
}

TEST(Machine, ReadsTheLastLayersWordsInFullWhereAllOthersAreSigns) {
  for (const char* const network : {"alexnet", "vgg16"}) {
    const Experiment signs = experiment(network, "xnor_net");
    const NetworkPrecision precision = resolved_precision(signs);
    const std::vector<const Layer*> layers = signs.network.array_layers();
    for (const Layer* layer : layers) {
      const bool exempt = layer == layers.front() || layer == layers.back();
      EXPECT_EQ(precision.layers.at(layer->name).ifmap.bits, exempt ? 16 : 1) << network << " " << layer->name;
    }
    EXPECT_EQ(precision.layers.at(layers.back()->name).ofmap.bits, 16);
    EXPECT_EQ(precision.layers.at(signs.network.layers.back().name).ofmap.bits, 16);
  }
}

}  // namespace
}  // namespace lacuna

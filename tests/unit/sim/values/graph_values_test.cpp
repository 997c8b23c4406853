// SPDX-License-Identifier: Apache-2.0
// Values of a network with branches: `tiny_graph` on its photograph.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "sim/values/calibrate.hpp"
#include "sim/values/network_values.hpp"
#include "tests/support/scratch_folder.hpp"
#include "workloads/image/input_image.hpp"

namespace lacuna {
namespace {

const std::string kRoot = LACUNA_SOURCE_DIR;

struct Graph {
  Network network = load_network(JsonDocument::load(kRoot + "/workloads/networks/tiny_graph.json").view());
  std::unique_ptr<WeightSet> weights = synthetic_weights(network, "");
  Tensor<float> image = load_input_image(kRoot + "/workloads/images/tiny.png", network);
  Precision precision = load_precision(JsonDocument::load(kRoot + "/configs/precision/fixed16.json").view());

  std::map<std::string, LayerValues> run(ValuesCache* cache = nullptr) const {
    ValuesRequest request;
    request.network = &network;
    request.weights = weights.get();
    request.mac = Registry<MacDatapath>::instance().find("bit_parallel");
    request.precision = resolve_precision(precision, network, *request.mac, Arithmetic());
    request.images = [this] { return std::vector<Tensor<float>>{image}; };
    request.cached = {cache, "test", "tiny", "bit_parallel", [](const Layer& layer) { return layer.name; }};
    std::map<std::string, LayerValues> layers;
    compute_values(request, [&layers](LayerValues&& values) { layers[values.layer.name] = std::move(values); });
    return layers;
  }
  Layer& layer(const std::string& name) {
    return *std::find_if(network.layers.begin(), network.layers.end(), [&](const Layer& l) { return l.name == name; });
  }
};

TEST(GraphValues, AreThoseOfTheMapsThatEachLayerReads) {
  const auto layers = Graph().run();
  for (const auto& [name, values] : layers) {
    if (values.layer.input() == "input") continue;
    const LayerValues& read = layers.at(values.layer.input());
    EXPECT_EQ(values.ifmaps, read.ofmaps) << name;
    EXPECT_EQ(values.precision.ifmap, read.precision.ofmap) << name;
    EXPECT_EQ(static_cast<std::int64_t>(values.ofmaps[0].size()), values.layer.out.words()) << name;
  }
  const LayerValues& add = layers.at("add3");
  const StoredWords& a = layers.at("conv3").ofmaps[0];
  const StoredWords& b = layers.at("relu1").ofmaps[0];
  for (std::size_t x = 0; x < add.ofmaps[0].size(); ++x) {
    const double unit_a = std::ldexp(1.0, static_cast<int>(-add.precision.ifmaps[0].fraction_bits));
    const double unit_b = std::ldexp(1.0, static_cast<int>(-add.precision.ifmaps[1].fraction_bits));
    const double unit = std::ldexp(1.0, static_cast<int>(-add.precision.ofmap.fraction_bits));
    const double sum = a[x] * unit_a + b[x] * unit_b;
    if (std::abs(sum) >= 32767 * unit) continue;  // saturates
    ASSERT_LE(std::abs(sum - add.ofmaps[0][x] * unit), unit / 2) << x;
  }
}

TEST(GraphValues, AreCloseToTheFloatNetworkAtSixteenBits) {
  for (const auto& entry : Graph().run()) {
    if (entry.first.rfind("add", 0) == 0) continue;  // negative sums are out of its range: the ReLU behind drops them
    EXPECT_GT(entry.second.sqnr_db, 40.0) << entry.first;
  }
}

TEST(GraphValues, OutOfTheCacheAreThoseOfTheSameGraph) {
  const ScratchFolder folder;
  ValuesCache cache(folder.path("cache"));
  Graph graph;
  const auto first = graph.run(&cache);
  const auto again = graph.run(&cache);
  for (const auto& [name, values] : graph.run()) {
    EXPECT_EQ(first.at(name).ofmaps, values.ofmaps) << name;
    EXPECT_EQ(again.at(name).ofmaps, values.ofmaps) << name;
  }
  // What is read in another order, or with another dilation, is another map.
  std::swap(graph.layer("concat5").inputs[1], graph.layer("concat5").inputs[2]);
  graph.layer("conv5_dilated").D = 1;
  graph.layer("conv5_dilated").P = 1;
  EXPECT_EQ(graph.run(&cache).at("concat5").ofmaps, graph.run().at("concat5").ofmaps);
  EXPECT_NE(graph.run().at("concat5").ofmaps, first.at("concat5").ofmaps);
}

TEST(GraphCalibration, GivesTheRangesOfTheNetworkFile) {
  const Graph graph;
  EXPECT_EQ(calibrate_ranges(graph.network, *graph.weights, graph.image), graph.network.ranges);
}

}  // namespace
}  // namespace lacuna

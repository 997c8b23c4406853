// SPDX-License-Identifier: Apache-2.0
#include "sim/values/network_values.hpp"

#include <gtest/gtest.h>

#include <map>

#include "hw/number/fixed_point.hpp"
#include "sim/values/calibrate.hpp"
#include "sim/values/host_layer.hpp"
#include "sim/values/reference_maps.hpp"
#include "tests/support/error_of.hpp"
#include "tests/support/program.hpp"
#include "tests/support/scratch_folder.hpp"
#include "workloads/image/input_image.hpp"

namespace lacuna {
namespace {

const std::string kRoot = LACUNA_SOURCE_DIR;

/// `tiny` on its photograph, with the shipped precision of that name.
struct Tiny {
  Network network = load_network(JsonDocument::load(kRoot + "/workloads/networks/tiny.json").view());
  std::unique_ptr<WeightSet> weights = synthetic_weights(network, kRoot + "/workloads/weights");
  Tensor<float> image = load_input_image(kRoot + "/workloads/images/tiny.png", network);
  Precision precision;
  ValuesRequest request;

  explicit Tiny(const std::string& name = "fixed16", const std::string& mac = "bit_parallel",
                const Arithmetic& accumulator = Arithmetic()) {
    precision = load_precision(JsonDocument::load(kRoot + "/configs/precision/" + name + ".json").view());
    request.network = &network;
    request.weights = weights.get();
    request.mac = Registry<MacDatapath>::instance().find(mac);
    request.precision = resolve_precision(precision, network, *request.mac, accumulator);
    show({image});
  }

  void show(const std::vector<Tensor<float>>& images) {
    request.images = [images] { return images; };
  }

  std::map<std::string, LayerValues> run() const {
    std::map<std::string, LayerValues> layers;
    compute_values(request, [&layers](LayerValues&& values) { layers[values.layer.name] = std::move(values); });
    return layers;
  }
};

TEST(NetworkValues, ChainTheLayers) {
  const Tiny tiny;
  const auto layers = tiny.run();
  ASSERT_EQ(layers.size(), tiny.network.layers.size());
  for (const Layer& layer : tiny.network.layers) {
    const LayerValues& values = layers.at(layer.name);
    if (layer.input() != "input") {
      EXPECT_EQ(values.ifmaps, layers.at(layer.input()).ofmaps) << layer.name;
      EXPECT_EQ(values.precision.ifmap, layers.at(layer.input()).precision.ofmap) << layer.name;
    }
    EXPECT_EQ(static_cast<std::int64_t>(values.ofmaps[0].size()), layer.out.words()) << layer.name;
  }
  EXPECT_EQ(layers.at("relu1").ofmaps, layers.at("conv1").ofmaps) << "post-processing has applied the ReLU already";
}

TEST(NetworkValues, AreCloseToTheFloatNetworkAtSixteenBits) {
  for (const auto& entry : Tiny().run()) EXPECT_GT(entry.second.sqnr_db, 40.0) << entry.first;
}

TEST(NetworkValues, LoseSixDecibelsAndMoreWithEveryBitOfTheInputLayer) {
  // Half the unit of weights and activations is a quarter of the noise power; conv1 sees nothing but its own noise.
  double last = 1000.0;
  for (const std::int64_t bits : {14, 12, 10, 8, 6, 4}) {
    Tiny tiny("fixed16", "bit_parallel", {0, 32, false});
    tiny.precision.weights.bits = tiny.precision.activations.bits = bits;
    tiny.request.precision = resolve_precision(tiny.precision, tiny.network, *tiny.request.mac, {0, 32, false});
    const double db = tiny.run().at("conv1").sqnr_db;
    EXPECT_LT(db, last - 8.0) << bits;
    last = db;
  }
}

TEST(NetworkValues, StopBehindTheLastLayerAskedFor) {
  Tiny tiny;
  tiny.request.last = "conv2";
  const auto layers = tiny.run();
  EXPECT_EQ(layers.size(), 4u);  // conv1, relu1, norm1, conv2
  EXPECT_EQ(layers.at("conv2").ofmaps, Tiny().run().at("conv2").ofmaps);
}

TEST(NetworkValues, OfImagesDoNotDependOnTheirNeighbours) {
  Tiny tiny;
  Tensor<float> dark = tiny.image;
  for (float& value : dark.data) value = value / 2.0F;
  const auto alone = tiny.run();
  tiny.show({dark, tiny.image});
  const auto both = tiny.run();
  for (const auto& entry : alone) {
    EXPECT_EQ(both.at(entry.first).ofmaps[1], entry.second.ofmaps[0]) << entry.first;
    EXPECT_EQ(both.at(entry.first).ofmaps.size(), 2u);
  }
  EXPECT_NE(both.at("conv1").ofmaps[0], both.at("conv1").ofmaps[1]);
}

/// A segment for each row of a filter.
AccumulationOrder rows_of(const Layer& layer) {
  const LayerShape s = layer.shape(1);
  AccumulationOrder order;
  for (std::int64_t row = 0; row < s.C * s.R; ++row) {
    order.emplace_back();
    for (std::int64_t x = 0; x < s.S; ++x) order.back().push_back(row * s.S + x);
  }
  return order;
}

TEST(NetworkValues, AreNearTheFloatNetworkWhereWordsAreFloat) {
  Tiny half("float16", "float_multiply_add", {0, 16, false});
  Tiny single("float16", "float_multiply_add", {0, 32, false});
  half.request.order = rows_of;
  single.request.order = rows_of;
  const auto with_half = half.run();
  const auto with_single = single.run();
  EXPECT_GT(with_half.at("fc6").sqnr_db, 40.0);
  EXPECT_GT(with_single.at("fc6").sqnr_db,
            with_half.at("fc6").sqnr_db + 6.0);      // sums of 24 bits of significand, not 11
  EXPECT_GT(with_single.at("conv1").sqnr_db, 68.0);  // what words of 11 bits leave
}

TEST(NetworkValues, SaturateInTheOrderOfTheArray) {
  // Sums that never reach the limit are the same in any order and under either rule.
  Tiny wrapping("fixed16", "bit_parallel", {0, 16, false});
  Tiny saturating("fixed16", "bit_parallel", {0, 16, true});
  EXPECT_EQ(error_of([&] { saturating.run(); }),
            "additions saturate or round: the psums need the order in which the array adds");
  std::vector<std::string> asked;
  saturating.request.order = [&asked](const Layer& layer) {
    asked.push_back(layer.name);
    return rows_of(layer);
  };
  const auto expected = wrapping.run();
  for (const auto& entry : saturating.run()) EXPECT_EQ(entry.second.ofmaps, expected.at(entry.first).ofmaps);
  EXPECT_EQ(asked, (std::vector<std::string>{"conv1", "conv2", "conv3", "conv4", "fc5", "fc6"}));
}

/// `tiny` with a cache in the folder, as a process of its own would run it; counts what is loaded.
struct CachedTiny : Tiny {
  explicit CachedTiny(const ScratchFolder& folder, const std::string& precision = "fixed16",
                      const std::string& mac = "bit_parallel")
      : Tiny(precision, mac), cache(folder.path()) {
    request.cached.cache = &cache;
    request.cached.program = "test";
    request.cached.images = "tiny.png";
    request.cached.mac = mac;
    request.cached.weights = [](const Layer& layer) { return "weights of " + layer.name; };
    request.images = [this] {
      ++images_loaded;
      return std::vector<Tensor<float>>{image};
    };
  }
  ValuesCache cache;
  int images_loaded = 0;
};

void expect_same(const std::map<std::string, LayerValues>& found, const std::map<std::string, LayerValues>& expected) {
  ASSERT_EQ(found.size(), expected.size());
  for (const auto& [name, values] : expected) {
    const LayerValues& same = found.at(name);
    EXPECT_EQ(same.ifmaps, values.ifmaps) << name;
    EXPECT_EQ(same.ofmaps, values.ofmaps) << name;
    EXPECT_EQ(same.weights.words, values.weights.words) << name;
    EXPECT_EQ(same.weights.codebook, values.weights.codebook) << name;
    EXPECT_EQ(same.weights.zeros, values.weights.zeros) << name;
    EXPECT_EQ(same.biases, values.biases) << name;
    EXPECT_EQ(same.sqnr_db, values.sqnr_db) << name;
  }
}

TEST(NetworkValues, AreTheSameFromTheCacheAndNeedNoImage) {
  const ScratchFolder folder;
  const auto plain = Tiny().run();
  CachedTiny cold(folder);
  expect_same(cold.run(), plain);
  EXPECT_EQ(cold.images_loaded, 1);
  CachedTiny warm(folder);
  expect_same(warm.run(), plain);
  EXPECT_EQ(warm.images_loaded, 0);
}

TEST(NetworkValues, OfAnotherPrecisionShareTheFloatNetworkAlone) {
  const ScratchFolder folder;
  CachedTiny(folder).run();
  CachedTiny other(folder, "fixed8");
  expect_same(other.run(), Tiny("fixed8").run());
  EXPECT_EQ(other.images_loaded, 1);  // its input has words of another width
  CachedTiny coded(folder, "codebook8", "codebook_lookup");
  expect_same(coded.run(), Tiny("codebook8", "codebook_lookup").run());
  expect_same(CachedTiny(folder, "codebook8", "codebook_lookup").run(), Tiny("codebook8", "codebook_lookup").run());
}

TEST(NetworkValues, AreComputedAnewWhereTheCacheIsDamaged) {
  const ScratchFolder folder;
  const auto plain = Tiny().run();
  CachedTiny(folder).run();
  for (const std::string& name : names_below(folder.path())) {
    const std::string whole = bytes_of(folder.path(name));
    std::string damaged = whole;
    damaged.back() = static_cast<char>(damaged.back() ^ 1);
    folder.write(name, damaged);
    expect_same(CachedTiny(folder).run(), plain);
  }
}

TEST(ReferenceMaps, AreTheSameInWhateverOrderTheyAreAskedFor) {
  const Tiny tiny;
  ReferenceMaps in_order(tiny.request);
  for (const Layer& layer : tiny.network.layers) in_order.of(layer.name);
  for (const Layer& layer : tiny.network.layers) {
    ReferenceMaps alone(tiny.request);  // makes those that it reads first, with weights of their own
    EXPECT_EQ(alone.of(layer.name).front().data, in_order.of(layer.name).front().data) << layer.name;
  }
}

TEST(NetworkValues, OfAnotherProgramImageOrWeightAreNotTaken) {
  const ScratchFolder folder;
  CachedTiny(folder).run();
  const auto images_loaded = [&folder](const std::function<void(CachedTiny&)>& change) {
    CachedTiny tiny(folder);
    change(tiny);
    tiny.run();
    return tiny.images_loaded;
  };
  EXPECT_EQ(images_loaded([](CachedTiny& tiny) { tiny.request.cached.program = "newer"; }), 1);
  EXPECT_EQ(images_loaded([](CachedTiny& tiny) { tiny.request.cached.images = "other.png"; }), 1);
  // Other weights: the float network is computed anew, from the image on.
  EXPECT_EQ(images_loaded([](CachedTiny& tiny) { tiny.request.cached.weights = [](const Layer&) { return "other"; }; }),
            1);
  EXPECT_EQ(images_loaded([](CachedTiny&) {}), 0);
}

TEST(NetworkValues, RunWithEveryShippedPrecision) {
  EXPECT_GT(Tiny("fixed8").run().at("conv1").sqnr_db, 25.0);
  const auto coded = Tiny("codebook8", "codebook_lookup").run();
  EXPECT_GT(coded.at("conv1").sqnr_db, 35.0);
  EXPECT_EQ(coded.at("conv1").weights.codebook.size(), 256u);
}

TEST(NetworkValues, RefuseUnknownLayersAndInputsOfAnotherSize) {
  Tiny tiny;
  tiny.request.last = "conv9";
  EXPECT_EQ(error_of([&] { tiny.run(); }).substr(0, 50), "network tiny: unknown layer, found 'conv9'; allowe");
  tiny.request.last = "";
  tiny.show({Tensor<float>({3, 4, 4})});
  EXPECT_EQ(error_of([&] { tiny.run(); }), "network tiny: found an input of 48 values; allowed 768");
}

TEST(Calibration, GivesTheShippedRanges) {
  const Tiny tiny;
  EXPECT_EQ(calibrate_ranges(tiny.network, *tiny.weights, tiny.image), tiny.network.ranges);
}

TEST(Calibration, LeavesHeadroomForPsumsAlone) {
  const Tiny tiny;
  const Ranges& ranges = tiny.network.ranges;
  for (const auto& entry : tiny.run()) {
    const LayerValues& values = entry.second;
    if (!values.layer.on_array()) continue;
    const double limit = 32768.0 / kPsumHeadroom * 1.01;  // 1%: the psums are quantised, the calibration was not
    for (const Word psum : values.psums[0]) ASSERT_LE(std::abs(psum), limit) << entry.first;
    Word largest = 0;
    for (const Word word : values.ofmaps[0]) largest = std::max(largest, std::abs(word));
    EXPECT_GE(largest, 16000) << entry.first << " with " << ranges.at(entry.first).activation_integer_bits
                              << " integer bits wastes one: its largest word is not in the upper half";
  }
}

}  // namespace
}  // namespace lacuna

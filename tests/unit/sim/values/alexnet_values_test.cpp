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
  Network network = load_network(JsonDocument::load(kRoot + "/workloads/networks/alexnet.json").view());
  std::unique_ptr<WeightSet> weights = synthetic_weights(network, kRoot + "/workloads/weights");
  Tensor<float> china = load_input_image(kRoot + "/workloads/images/china.png", network);
  Precision fixed16 = load_precision(JsonDocument::load(kRoot + "/configs/precision/fixed16.json").view());
};

TEST(AlexNetValues, HaveTheZeroSharesThatEyerissMeasured) {
  const AlexNet alexnet;
  ValuesRequest request;
  request.network = &alexnet.network;
  request.weights = alexnet.weights.get();
  request.mac = Registry<MacDatapath>::instance().find("bit_parallel");
  request.precision = resolve_precision(alexnet.fixed16, alexnet.network, *request.mac, Arithmetic());
  request.images = {alexnet.china};
  request.last = "conv5";
  std::map<std::string, double> zeros;
  compute_values(request, [&zeros](LayerValues&& values) {
    if (!values.layer.on_array()) return;
    zeros[values.layer.name] = zero_shares(values, 1).ifmap_padded;
    EXPECT_GT(values.sqnr_db, 30.0) << values.layer.name;
    Word largest = 0;
    for (const Word psum : values.psums[0]) largest = std::max(largest, std::abs(psum));
    EXPECT_LT(largest, 32768 / kPsumHeadroom * 1.01) << values.layer.name << ": a psum is near to wrapping";
  });
  // Chen et al., IEEE JSSC 52(1), 2017, Table V: zeros in the ifmaps of CONV2 to CONV5, each within one point.
  EXPECT_NEAR(zeros.at("conv2"), 0.387, 0.01);
  EXPECT_NEAR(zeros.at("conv3"), 0.725, 0.01);
  EXPECT_NEAR(zeros.at("conv4"), 0.793, 0.01);
  EXPECT_NEAR(zeros.at("conv5"), 0.776, 0.01);
}

TEST(AlexNetValues, HaveTheShippedRanges) {
  const AlexNet alexnet;
  EXPECT_EQ(calibrate_ranges(alexnet.network, *alexnet.weights, alexnet.china), alexnet.fixed16.ranges.at("alexnet"));
}

}  // namespace
}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
// Every shipped network runs on arrays of several kinds, its ofmaps compared word by word, and has the ranges that its
// calibration gives.
#include <gtest/gtest.h>

#include "sim/config/data_path.hpp"
#include "sim/engine/engine.hpp"
#include "sim/values/calibrate.hpp"
#include "workloads/image/input_image.hpp"

namespace lacuna {
namespace {

class Networks : public ::testing::TestWithParam<std::string> {};

TEST_P(Networks, RunOnSeveralKindsOfArrayWithTheirDefaultMappings) {
  std::vector<std::string> digests;
  for (const char* chip : {"eyeriss", "systolic_32", "cnvlutin", "dadiannao"}) {
    const JsonDocument document = JsonDocument::parse(
        R"({"chip": ")" + std::string(chip) + R"(", "network": ")" + GetParam() + R"(", "run": {"extrapolate": true}})",
        "test");
    const Experiment experiment = compose({document, {}, {}});
    ASSERT_TRUE(experiment.run.check_values);
    const RunResult result = run_experiment(experiment, {});
    EXPECT_TRUE(result.not_run.empty());
    std::string words;
    for (const LayerResult& layer : result.layers) {
      words += layer.name + " " + layer.output_sha256 + "\n";
      EXPECT_EQ(layer.macs_performed + layer.macs_gated + layer.macs_skipped, layer.macs_total) << layer.name;
    }
    digests.push_back(words);
  }
  for (const std::string& words : digests) EXPECT_EQ(words, digests.front()) << "another array gives the same words";
}

TEST_P(Networks, HaveTheRangesOfTheirCalibration) {
  const Network network = load_network(JsonDocument::load(shipped_file(DataKind::network, GetParam()).path).view());
  const std::string images = data_root() + "/workloads/images/";
  const Tensor<float> image = load_input_image(images + network.synthetic.calibration_image, network);
  const auto weights = synthetic_weights(network, data_root() + "/workloads/weights");
  EXPECT_EQ(calibrate_ranges(network, *weights, image), network.ranges);
}

INSTANTIATE_TEST_SUITE_P(Shipped, Networks, ::testing::ValuesIn(data_names(DataKind::network)),
                         [](const auto& name) { return name.param; });

}  // namespace
}  // namespace lacuna

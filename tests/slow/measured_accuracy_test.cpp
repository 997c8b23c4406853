// SPDX-License-Identifier: Apache-2.0
// What the shipped file of measured accuracies says of a precision is what a measurement gives.
#include <gtest/gtest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "analysis/measured_accuracy.hpp"
#include "sim/config/data_path.hpp"
#include "sim/engine/accuracy.hpp"

namespace lacuna {
namespace {

std::vector<std::string> measured_precisions() {
  std::vector<std::string> names;
  for (const auto& [name, hits] : load_measured_accuracy(data_root() + "/analysis/measured/alexnet.json").precisions) {
    names.push_back(name);
  }
  return names;
}

class MeasuredAccuracies : public testing::TestWithParam<std::string> {};

TEST_P(MeasuredAccuracies, AreMeasuredAgain) {
  const MeasuredAccuracy measured = load_measured_accuracy(data_root() + "/analysis/measured/alexnet.json");
  const JsonDocument document = JsonDocument::parse(
      R"({"chip": "eyeriss", "network": "alexnet", "precision": ")" + GetParam() + "\"}", "measured again");
  const Experiment experiment = compose({document, {}, {}});
  const std::vector<LabelledImage> images =
      read_labels(data_root() + "/workloads/evaluation/alexnet", classifier(experiment.network).out.words());
  ASSERT_EQ(static_cast<std::int64_t>(images.size()), measured.images);
  const std::vector<Prediction> predictions = measure_accuracy(experiment, images, [](std::int64_t) {});
  EXPECT_EQ(float_hits(predictions, 1), measured.in_float.top1);
  EXPECT_EQ(float_hits(predictions, 5), measured.in_float.top5);
  EXPECT_EQ(machine_hits(predictions, 1), measured.precisions.at(GetParam()).top1);
  EXPECT_EQ(machine_hits(predictions, 5), measured.precisions.at(GetParam()).top5);
}

INSTANTIATE_TEST_SUITE_P(AlexNet, MeasuredAccuracies, testing::ValuesIn(measured_precisions()),
                         [](const auto& name) { return name.param; });

}  // namespace
}  // namespace lacuna

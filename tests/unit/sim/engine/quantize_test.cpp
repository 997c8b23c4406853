// SPDX-License-Identifier: Apache-2.0
#include "sim/engine/quantize.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "sim/values/calibrate.hpp"
#include "sim/values/precision_text.hpp"
#include "tests/support/error_of.hpp"
#include "workloads/image/input_image.hpp"

namespace lacuna {
namespace {

using Json = nlohmann::json;

const std::string kImages = LACUNA_SOURCE_DIR "/workloads/images/";

const std::string kNoise = LACUNA_SOURCE_DIR "/tests/data/images/noise16.png";

Experiment of_network(const std::string& network, const std::vector<Override>& changes = {}) {
  return compose({JsonDocument(Json{{"chip", "eyeriss"}, {"network", network}}, "test"), changes, {}});
}

QuantizeResult quantized(const std::string& target, const Experiment& experiment = of_network("tiny")) {
  QuantizeRequest request;
  request.experiment = experiment;
  request.target = parse_quantize_target(target);
  return quantize(request);
}

Widths widths_of(const QuantizeTrials& trials, const Precision& precision) {
  Widths widths;
  for (const QuantizedTensor& tensor : trials.tensors()) {
    widths.push_back(
        (tensor.weights ? precision.weights_of(tensor.layer) : precision.activations_of(tensor.layer)).bits);
  }
  return widths;
}

std::int64_t all_bits(const QuantizeTrials& trials, const Widths& widths) {
  std::int64_t bits = 0;
  for (std::size_t i = 0; i < widths.size(); ++i) bits += trials.tensors()[i].words * widths[i];
  return bits;
}

TEST(Quantize, ReachesTheTargetWithWidthsOfWhichNoneCanLoseABit) {
  QuantizeTrials trials(of_network("tiny"), nullptr, 16);
  std::int64_t stricter_bits = all_bits(trials, Widths(trials.tensors().size(), 16));
  for (const int target : {45, 35, 25, 15, 5}) {
    const QuantizeResult result = quantized("sqnr_db=" + std::to_string(target));
    const Widths widths = widths_of(trials, result.precision);
    EXPECT_GE(result.sqnr_db, target);
    EXPECT_EQ(trials.sqnr_db(widths), result.sqnr_db);
    for (std::size_t i = 0; i < widths.size(); ++i) {
      Widths less = widths;
      if (--less[i] < 2) continue;
      EXPECT_LT(trials.sqnr_db(less), target) << trials.tensors()[i].layer;
    }
    EXPECT_LE(all_bits(trials, widths), stricter_bits) << target;  // a looser target takes no more bits
    stricter_bits = all_bits(trials, widths);
  }
}

TEST(Quantize, GivesEveryMapWithAFormatOfItsOwnAWidth) {
  const QuantizeTrials trials(of_network("tiny_graph"), nullptr, 12);
  const Network network = of_network("tiny_graph").network;
  for (const QuantizedTensor& tensor : trials.tensors()) {
    EXPECT_EQ(tensor.widest, tensor.weights ? 16 : 12);
    EXPECT_TRUE(!tensor.weights || network.layer(tensor.layer).on_array());
  }
  const QuantizeResult result = quantized("sqnr_db=20", of_network("tiny_graph"));
  EXPECT_GE(result.sqnr_db, 20);
  for (const QuantizedLayer& layer : result.layers) {
    EXPECT_GE(layer.activations_clipped, 0.0) << layer.layer;
    EXPECT_LT(layer.activations_clipped, 1.0) << layer.layer;
  }
}

TEST(Quantize, TakesRangesOfAllImages) {
  const Experiment experiment = of_network("tiny", {{"/run/images", Json{"tiny", kNoise}.dump(), "test"}});
  const QuantizeTrials trials(experiment, nullptr, 16);
  const Ranges alone = calibrate_ranges(
      experiment.network, *open_weights("synthetic", experiment.network, LACUNA_SOURCE_DIR "/workloads/weights"),
      load_input_image(kNoise, experiment.network));
  const Precision precision = trials.precision(Widths(trials.tensors().size(), 16));
  for (const auto& [layer, range] : alone) {
    EXPECT_GE(precision.ranges.at("tiny").at(layer).activation_integer_bits, range.activation_integer_bits) << layer;
  }
}

TEST(Quantize, WritesAPrecisionThatLoadsAsTheSame) {
  QuantizeResult result = quantized("sqnr_db=25");
  result.precision.name = "mine";
  result.precision.description = "a \"text\"";
  result.precision.source = "s";
  std::vector<std::string> names = {"input"};
  for (const Layer& layer : of_network("tiny").network.layers) names.push_back(layer.name);
  const std::string text = precision_text(result.precision, names);
  const Experiment again = of_network("tiny", {{"/precision", text, "test"}});
  EXPECT_EQ(precision_text(again.precision, names), text);
  EXPECT_EQ(again.precision.ranges, result.precision.ranges);
  const QuantizeTrials trials(again, nullptr, 16);
  EXPECT_EQ(widths_of(trials, again.precision), widths_of(trials, result.precision));
}

TEST(Quantize, KeepsWeightsWithinBytes) {
  double least_db = -1000;
  for (const int bytes : {820, 1500, 3000, 6560}) {  // 3280 weights: 2 to 16 bits
    const QuantizeResult result = quantized("weight_bytes=" + std::to_string(bytes));
    EXPECT_LE(result.weight_bits, 8 * bytes);
    EXPECT_GT(result.weight_bits, 7 * bytes) << "room is left";
    EXPECT_GE(result.sqnr_db, least_db) << bytes;
    least_db = result.sqnr_db;
  }
  EXPECT_NE(error_of([] { quantized("weight_bytes=819"); }).find("found weights of 820 bytes with 2 bits each"),
            std::string::npos);
}

TEST(Quantize, KeepsTheClassesThatTheFloatNetworkGives) {
  QuantizeRequest request;
  // Calibrated on both: the psums of noise leave the range of those of the photograph, and wrap.
  request.experiment = of_network("tiny", {{"/run/images", Json{"tiny", kNoise}.dump(), "test"}});
  request.target = parse_quantize_target("accuracy_drop=0%");
  request.labelled = {{kImages + "tiny.png", 0}, {kNoise, 0}};
  const std::vector<Prediction> seen = measure_accuracy(request.experiment, request.labelled, [](std::int64_t) {});
  for (std::size_t i = 0; i < seen.size(); ++i) request.labelled[i].label = seen[i].float_class;
  const QuantizeResult result = quantize(request);
  EXPECT_GE(machine_hits(result.predictions, 1), float_hits(result.predictions, 1));
  EXPECT_LT(result.sqnr_db, 30.0);  // a class of ten takes less
}

TEST(Quantize, SaysWhatTheWidestWordsReach) {
  EXPECT_EQ(
      error_of([] { quantized("sqnr_db=90"); }),
      "quantize: --target sqnr_db=90: found 53.43 dB of fc6 with the widest words, of 16 bits; allowed up to that");
}

TEST(Quantize, RunsOnTheSecondDatapathWhereTheFirstTakesNoFixedPoint) {
  const std::vector<Override> signs = {{"/chip/mac/kind", "\"xnor_popcount\"", "--set"},
                                       {"/chip/mac/exempt_kind", "\"bit_parallel\"", "--set"}};
  const Experiment experiment = of_network("tiny", signs);
  EXPECT_EQ(fixed_point_mac(experiment.chip), "bit_parallel");
  const QuantizeResult second = quantized("sqnr_db=20", experiment);
  const QuantizeResult plain = quantized("sqnr_db=20");
  EXPECT_EQ(second.sqnr_db, plain.sqnr_db);  // the arithmetic of either is that of a plain multiplier
  const std::string alone = error_of([&] { quantized("sqnr_db=20", of_network("tiny", {signs[0]})); });
  EXPECT_NE(alone.find("found format fixed_point; the MAC takes binary"), std::string::npos) << alone;
}

TEST(Quantize, RefusesSumsThatDependOnTheMapping) {
  const Experiment experiment = of_network("tiny", {{"/chip/mac/overflow", "\"saturate\"", "--set"}});
  EXPECT_NE(error_of([&] { quantized("sqnr_db=20", experiment); }).find("which quantize does not know"),
            std::string::npos);
}

}  // namespace
}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include "sim/engine/accuracy.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/error_of.hpp"

namespace lacuna {
namespace {

using Json = nlohmann::json;

const std::string kImages = LACUNA_SOURCE_DIR "/workloads/images/";

Experiment tiny_on(const std::string& chip, const std::vector<Override>& changes = {}) {
  return compose({JsonDocument(Json{{"chip", chip}, {"network", "tiny"}}, "test"), changes, {}});
}

std::vector<Prediction> of_tiny(const Experiment& experiment, std::int64_t label) {
  return measure_accuracy(experiment, {{kImages + "tiny.png", label}}, [](std::int64_t) {});
}

TEST(Accuracy, RanksTheLabelInTheMachinesWordsAndInTheFloatNetwork) {
  const Experiment experiment = tiny_on("eyeriss");
  const Prediction first = of_tiny(experiment, 0)[0];
  EXPECT_EQ(first.machine_class, first.float_class);  // 16 bits change little
  EXPECT_EQ(of_tiny(experiment, first.machine_class)[0].machine_rank, 0);
  EXPECT_EQ(of_tiny(experiment, first.float_class)[0].float_rank, 0);
  const std::int64_t classes = classifier(experiment.network).out.words();
  std::vector<std::int64_t> ranks;
  for (std::int64_t label = 0; label < classes; ++label) ranks.push_back(of_tiny(experiment, label)[0].machine_rank);
  std::sort(ranks.begin(), ranks.end());
  for (std::int64_t rank = 0; rank < classes; ++rank) EXPECT_EQ(ranks[static_cast<std::size_t>(rank)], rank);
}

TEST(Accuracy, ReadsTheClassBeforeASoftmax) { EXPECT_EQ(classifier(tiny_on("eyeriss").network).kind, LayerKind::fc); }

TEST(Accuracy, CountsHitsAmongTheFirstPlaces) {
  const std::vector<Prediction> predictions = {{7, 7, 0, 7, 0}, {7, 1, 4, 1, 5}, {7, 2, 9, 3, 0}};
  EXPECT_EQ(machine_hits(predictions, 1), 1);
  EXPECT_EQ(machine_hits(predictions, 5), 2);
  EXPECT_EQ(float_hits(predictions, 1), 2);
  EXPECT_EQ(float_hits(predictions, 5), 2);
  EXPECT_EQ(same_class(predictions), 2);
}

TEST(Accuracy, HasAConfidenceIntervalThatDoesNotLeaveZeroToOne) {
  // Wilson's for 8 of 10: (0.8 + 1.9208/10 +- 1.96 sqrt(0.016 + 0.009604)) / 1.38416.
  const Share some = share_of(8, 10);
  EXPECT_NEAR(some.low, 0.4902, 1e-4);
  EXPECT_NEAR(some.high, 0.9433, 1e-4);
  EXPECT_EQ(share_of(0, 5).low, 0.0);
  EXPECT_NEAR(share_of(0, 5).high, 0.4345, 1e-4);
  EXPECT_EQ(share_of(5, 5).high, 1.0);
}

TEST(Accuracy, RefusesSumsThatDependOnTheMapping) {
  const Experiment experiment = tiny_on("eyeriss", {{"/chip/mac/overflow", "\"saturate\"", "--set"}});
  EXPECT_NE(error_of([&] { of_tiny(experiment, 0); }).find("an accumulator that saturates adds in the order"),
            std::string::npos);
}

}  // namespace
}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include "analysis/price_exposure.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "sim/result/result_json.hpp"
#include "tests/support/error_of.hpp"
#include "tests/support/sample_result.hpp"

namespace lacuna {
namespace {

using Exposure = std::map<std::string, EnergyRange>;

Figure figure(const Estimate& estimate, const std::string& source) {
  Figure result;
  result.estimate = estimate;
  result.component = "mac";
  result.source = source;
  return result;
}

/// A layer of 10 MACs and 4 gated ones in 8 cycles of 0.001 ms on a quarter of the PEs.
RunResult sample() {
  LayerResult layer;
  layer.name = "conv1";
  layer.kind = "conv";
  layer.weight_bits = layer.activation_bits = 16;
  layer.counts = {{"mac.op", 10}, {"mac.gated", 4}, {"link.word", 100}};
  layer.total_cycles = 8;
  layer.total_ms = 0.001;
  layer.spatial_utilization = 0.25;
  Prices prices;
  prices.table = "t";
  prices.words = "16-bit weights, 16-bit activations";
  prices.layers = {"conv1"};
  prices.events = {{"mac.op", figure({2, 1, 3}, "a")}, {"mac.gated", figure({1, 1, 5}, "a")}};
  prices.events["link.word"].covered = "elsewhere";
  UnitFigure leakage;
  static_cast<Figure&>(leakage) = figure({0.5, 0.25, 1}, "b");
  prices.leakage_mw = UnitFigures{{"mac", leakage}};
  UnitFigure clock;
  static_cast<Figure&>(clock) = figure({4, 2, 8}, "c");
  clock.in_pe = true;
  prices.clock_pj = UnitFigures{{"mac", clock}};
  RunResult result;
  result.config_json = "{}";
  result.layers = {layer, host_layer("pool1", "max_pool", 1)};
  result.prices = {prices};
  return result;
}

Exposure exposure_of(const RunResult& result) {
  const nlohmann::json json = nlohmann::json::parse(result_json(result));
  return price_exposure({json, "r.json"});
}

TEST(PriceExposure, SumsWhatEachModelContributesAtTheEndsOfItsRange) {
  const Exposure exposure = exposure_of(sample());
  ASSERT_EQ(exposure.size(), 3U);
  EXPECT_EQ(exposure.at("t: a").low_pj, 14.0);     // 10 x 1 + 4 x 1
  EXPECT_EQ(exposure.at("t: a").value_pj, 24.0);   // 10 x 2 + 4 x 1
  EXPECT_EQ(exposure.at("t: a").high_pj, 50.0);    // 10 x 3 + 4 x 5
  EXPECT_EQ(exposure.at("t: b").value_pj, 500.0);  // 0.5 mW x 1 us
  EXPECT_EQ(exposure.at("t: c").high_pj, 16.0);    // 8 pJ x 8 cycles x a quarter of the PEs
}

TEST(PriceExposure, NeedsThePricesOfTheLayer) {
  RunResult result = sample();
  result.layers[0].name = "conv2";
  EXPECT_EQ(error_of([&] { exposure_of(result); }), "r.json/layers/0: no prices for layer conv2");
}

TEST(EnergyDifference, OfResultsThatUseOneModelAlikeDoesNotDependOnIt) {
  const Exposure a = {{"mac", {10, 20, 100}}, {"dram", {1, 2, 3}}};
  const Exposure b = {{"mac", {10, 20, 100}}, {"dram", {4, 8, 12}}};
  const EnergyRange difference = energy_difference(a, b);
  EXPECT_EQ(difference.low_pj, -9.0);  // 3 - 12
  EXPECT_EQ(difference.value_pj, -6.0);
  EXPECT_EQ(difference.high_pj, -3.0);  // 1 - 4
}

TEST(EnergyDifference, FlipsWhereOneSideNeedsMoreOfADearThingAndTheOtherOfAnother) {
  const Exposure a = {{"mac", {10, 20, 40}}};
  const Exposure b = {{"dram", {15, 16, 60}}};
  const EnergyRange difference = energy_difference(a, b);
  EXPECT_EQ(difference.value_pj, 4.0);
  EXPECT_EQ(difference.low_pj, -50.0);  // 10 - 60
  EXPECT_EQ(difference.high_pj, 25.0);  // 40 - 15
}

}  // namespace
}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "sim/engine/engine.hpp"
#include "sim/explain/derivation.hpp"
#include "sim/explain/explain.hpp"
#include "sim/result/result_json.hpp"
#include "tests/support/error_of.hpp"
#include "tests/support/scratch_folder.hpp"

namespace lacuna {
namespace {

using Json = nlohmann::json;

/// tiny on Eyeriss, once for all tests.
const Json& tiny_result() {
  static const Json result = [] {
    const Json request = {{"chip", "eyeriss"}, {"network", "tiny"}, {"run", {{"batch", 2}}}};
    return Json::parse(result_json(run_experiment(compose({JsonDocument(request, "test"), {}, {}}), {})));
  }();
  return result;
}

class ExplainFigure : public ::testing::Test {
 protected:
  std::string explained(const std::string& pointer, const Json& result = tiny_result()) const {
    return explain_figure(folder_.write("result.json", result.dump()), pointer);
  }
  std::string refusal(const std::string& pointer, const Json& result = tiny_result()) const {
    return error_of([&] { explained(pointer, result); });
  }

 private:
  ScratchFolder folder_;
};

/// A number of the price of an event, in the only price table of these results.
Json price(const std::string& event, const std::string& key) {
  return tiny_result().at("totals").at("prices").at(0).at("events").at(event).at(key);
}

/// "1.39 pJ (1.31 to 1.47)"
std::string price_of(const std::string& event) {
  return price(event, "value_pj").dump() + " pJ (" + price(event, "low_pj").dump() + " to " +
         price(event, "high_pj").dump() + ")";
}

bool says(const std::string& text, const std::string& what) { return text.find(what) != std::string::npos; }

/// The pointers of all figures of a layer or of totals, those in maps too.
std::vector<std::string> figures_below(const std::string& group) {
  std::vector<std::string> pointers;
  for (const auto& entry : tiny_result().at(Json::json_pointer(group)).items()) {
    const std::string pointer = group + "/" + entry.key();
    if (!entry.value().is_object()) pointers.push_back(pointer);
    if (!entry.value().is_object()) continue;
    for (const auto& inner : entry.value().items()) pointers.push_back(pointer + "/" + inner.key());
  }
  return pointers;
}

TEST_F(ExplainFigure, EveryNumberOfALayerAndOfTheTotalsAddsUp) {
  // explain_figure fails the run where what it says a figure follows from gives another figure.
  int derived = 0;
  for (const char* group : {"/layers/0", "/layers/2", "/layers/7", "/totals/conv_layers", "/totals/all_layers"}) {
    for (const std::string& pointer : figures_below(group)) {
      if (says(explained(pointer), "\n  is ")) ++derived;
    }
  }
  // Of a layer: 11 derivations, chip and DRAM energy, and its components; of totals, almost all.
  EXPECT_GT(derived, 3 * (11 + 2 + 10) + 2 * 20);
}

TEST_F(ExplainFigure, EnergyIsCountsTimesPricesWithTheirSources) {
  const std::string text = explained("/layers/conv1/energy_pj/mac");
  const Json& layer = tiny_result().at("layers").at(0);
  EXPECT_TRUE(says(text, "mac.op     " + layer.at("counts").at("mac.op").dump() + " x " + price_of("mac.op"))) << text;
  EXPECT_TRUE(says(text, "ISCA 2016, Table IV")) << text;
  EXPECT_TRUE(says(text, "in another price: the fit charges only MACs with a non-zero ifmap value")) << text;
  EXPECT_TRUE(says(text, "\n  table    eyeriss_65nm, 65 nm")) << text;
  EXPECT_TRUE(says(text, " published figures, the worst off by ")) << text;
}

TEST_F(ExplainFigure, RangeOfAnEnergyIsThatOfItsPrices) {
  // Counts x low to counts x high; the other events of the buffer are in the static power.
  const Json& counts = tiny_result().at("layers").at(0).at("counts");
  double low = 0.0;
  double high = 0.0;
  for (const char* event : {"global_buffer.ifmap_read", "global_buffer.psum_read", "global_buffer.psum_write"}) {
    low += counts.at(event).get<double>() * price(event, "low_pj").get<double>();
    high += counts.at(event).get<double>() * price(event, "high_pj").get<double>();
  }
  const std::string text = explained("/layers/conv1/energy_pj/global_buffer");
  const std::size_t at = text.find("range    ") + 9;
  EXPECT_NEAR(std::stod(text.substr(at)), low, 1e-6);
  EXPECT_NEAR(std::stod(text.substr(text.find(" to ", at) + 4)), high, 1e-6);
}

TEST_F(ExplainFigure, CountNamesUnitActionAndPrice) {
  const std::string text = explained("/layers/conv1/counts/psum_spad.read");
  EXPECT_TRUE(says(text, "'read' of unit 'psum_spad'")) << text;
  EXPECT_TRUE(says(text, "energy in  /layers/0/energy_pj/psum_spad")) << text;
  EXPECT_TRUE(says(text, price_of("psum_spad.read"))) << text;
}

TEST_F(ExplainFigure, TotalsAreSumsOverTheirLayers) {
  const std::string conv = explained("/totals/conv_layers/macs_total");
  EXPECT_TRUE(says(conv, "/layers/conv4/macs_total")) << conv;
  EXPECT_FALSE(says(conv, "/layers/fc5/")) << conv;
  EXPECT_TRUE(says(explained("/totals/all_layers/energy_pj/noc"), "/layers/fc5/energy_pj/noc"));
}

TEST_F(ExplainFigure, PlaceAboveFiguresListsThem) {
  const std::string text = explained("/layers/conv1/stall_cycles");
  EXPECT_TRUE(says(text, "/layers/0/stall_cycles/link")) << text;
  EXPECT_FALSE(says(text, "meaning")) << text;
}

TEST_F(ExplainFigure, LeakageAndClockAreThoseOfEachUnit) {
  Json result = tiny_result();
  Json& prices = result["totals"]["prices"][0];
  const Json unit = {{"value_mw", 2.0}, {"low_mw", 1.0}, {"high_mw", 4.0}, {"source", "a book"}, {"fitted", false}};
  prices["leakage"] = {{"mac", unit}, {"post", {{"covered", "it has none"}}}};
  prices["clock"] = {
      {"mac", {{"value_pj", 3.0}, {"low_pj", 1.0}, {"high_pj", 5.0}, {"source", "a book"}, {"in_pe", true}}}};
  Json& layer = result["layers"][0];
  // 2 mW x time: 1 mW x 1 ms = 1e6 pJ. 3 pJ a cycle in the PEs that the mapping covers.
  layer["energy_pj"]["leakage"] = 2.0e6 * layer["total_ms"].get<double>();
  layer["energy_pj"]["clock"] = 3.0 * layer["total_cycles"].get<double>() * layer["spatial_utilization"].get<double>();
  const std::string leakage = explained("/layers/conv1/energy_pj/leakage", result);
  EXPECT_TRUE(says(leakage, "2.0 mW (1.0 to 4.0)")) << leakage;
  EXPECT_TRUE(says(leakage, "in another price: it has none")) << leakage;
  EXPECT_TRUE(says(explained("/layers/conv1/energy_pj/clock", result), "3.0 pJ (1.0 to 5.0)"));
}

TEST_F(ExplainFigure, EveryAreaIsThatOfItsUnits) {
  // explain_figure fails the run where the units add up to another figure.
  const Json request = {
      {"chip", "eyeriss"}, {"network", "tiny"}, {"energy", "generic_45nm"}, {"run", {{"layers", {"conv1"}}}}};
  const Json result = Json::parse(result_json(run_experiment(compose({JsonDocument(request, "test"), {}, {}}), {})));
  const Json& area = result.at("totals").at("area_mm2");
  ASSERT_GT(area.at("components").size(), 5u);
  for (const auto& entry : area.at("components").items()) {
    const std::string text = explained("/totals/area_mm2/components/" + entry.key(), result);
    EXPECT_TRUE(says(text, "sum over the units of the component")) << text;
  }
  const std::string spad = explained("/totals/area_mm2/components/filter_spad", result);
  EXPECT_TRUE(says(spad, "168 together")) << spad;
  EXPECT_TRUE(says(spad, "EIE's 128 KB buffer")) << spad;
  for (const char* figure : {"total", "total_low", "total_high"}) {
    EXPECT_TRUE(says(explained(std::string("/totals/area_mm2/") + figure, result), "sum over all units")) << figure;
  }
}

TEST_F(ExplainFigure, EndsOfRangesAreSumsOverComponents) {
  const std::string text = explained("/layers/conv1/energy_chip_high_pj");
  EXPECT_TRUE(says(text, "sum over components but dram, all prices at the high end")) << text;
  EXPECT_TRUE(says(text, "/layers/0/energy_pj/mac")) << text;
  Json changed = tiny_result();
  changed["layers"][0]["energy_total_low_pj"] = 1.0;
  EXPECT_TRUE(says(refusal("/layers/conv1/energy_total_low_pj", changed), "the file was changed"));
}

TEST_F(ExplainFigure, WhatWasCountedSaysSo) {
  EXPECT_TRUE(says(explained("/layers/conv1/stall_cycles/link"), "counted while the layer ran"));
}

TEST_F(ExplainFigure, FigureThatDoesNotFollowFromItsCountsIsRefused) {
  Json changed = tiny_result();
  changed["layers"][0]["energy_pj"]["mac"] = 1.0;
  EXPECT_TRUE(says(refusal("/layers/conv1/energy_pj/mac", changed),
                   "/layers/0/energy_pj/mac: found 1.0, but sum of "
                   "counts x prices gives "))
      << refusal("/layers/conv1/energy_pj/mac", changed);
  changed = tiny_result();
  changed["layers"][0]["total_cycles"] = 1;
  EXPECT_TRUE(says(refusal("/layers/conv1/total_ms", changed), "the file was changed"));
}

TEST(Derivations, AreOfFieldsThatResultsHave) {
  for (const bool totals : {false, true}) {
    const Json& figures = totals ? tiny_result().at("totals").at("all_layers") : tiny_result().at("layers").at(0);
    for (const Derivation& derivation : derivations(totals)) {
      EXPECT_TRUE(figures.contains(derivation.field)) << derivation.field;
      for (const std::string& operand : derivation.operands) {
        const Json& from = operand.rfind("/config", 0) == 0 ? tiny_result() : figures;
        EXPECT_TRUE(from.contains(Json::json_pointer(operand))) << derivation.field << ": " << operand;
      }
    }
  }
}

}  // namespace
}  // namespace lacuna

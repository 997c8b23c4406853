// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "sim/result/layers_csv.hpp"
#include "sim/result/result_json.hpp"
#include "sim/result/table.hpp"
#include "tests/support/sample_result.hpp"

namespace lacuna {
namespace {

using nlohmann::json;

TEST(ResultJson, IsTheSameBytesEveryTime) {
  const std::string first = result_json(sample_result());
  EXPECT_EQ(first, result_json(sample_result()));
  EXPECT_EQ(first.back(), '\n');
}

TEST(ResultJson, ReadsBackToTheResult) {
  const json file = json::parse(result_json(sample_result()));
  EXPECT_EQ(file["schema_version"], 1);
  EXPECT_EQ(file["program"], json::parse(R"({"version": "0.1.0", "git_revision": "abc", "compiler": "GNU 12"})"));
  EXPECT_EQ(file["inputs"][0]["sha256"], "00ff");
  EXPECT_EQ(file["config"]["chip"]["name"], "eyeriss");
  EXPECT_EQ(file["labels"][1], "stimulus: table_v");
  const json& conv1 = file["layers"][0];
  EXPECT_EQ(conv1["processing_ms"], 0.025);
  EXPECT_EQ(conv1["counts"]["mac.op"], 750000);
  EXPECT_EQ(conv1["stall_cycles"]["link"], 168000);
  EXPECT_EQ(conv1["energy_extrapolated"], false);
  EXPECT_EQ(file["layers"][1]["kind"], "host:max_pool");
  EXPECT_TRUE(file["layers"][3]["sqnr_db"].is_null());
  EXPECT_EQ(file["totals"]["conv_layers"]["layers"], 2);
  EXPECT_EQ(file["totals"]["all_layers"]["total_cycles"], 15000);
}

TEST(ResultJson, CarriesEveryPriceWithItsSourceAndWhatNeedsNone) {
  RunResult result = sample_result();
  result.prices[0].events.at("mac.op").extrapolated = "too far";
  const json prices = json::parse(result_json(result))["totals"]["prices"][0];
  EXPECT_EQ(prices["table"], "sample");
  EXPECT_EQ(prices["events"]["mac.op"],
            json::parse(R"({"value_pj": 2.0, "low_pj": 1.0, "high_pj": 3.0, "component": "mac",
    "fitted": false, "derived": false, "source": "Table 1", "extrapolated": "too far"})"));
  EXPECT_EQ(prices["events"]["dram.read_bit"]["derived"], true);
  EXPECT_EQ(prices["covered"], json::parse(R"({"mac.gated": "static power"})"));
  EXPECT_EQ(prices["static"]["value_mw"], 10.0);
  EXPECT_NEAR(prices["fit"][0]["error_percent"].get<double>(), 10.0, 1e-9);  // 11 / 10 - 1
}

TEST(ResultJson, HasNoStaticPowerWhereTheTableHasNone) {
  RunResult result = sample_result();
  result.prices[0].static_power.reset();
  EXPECT_FALSE(json::parse(result_json(result))["totals"]["prices"][0].contains("static"));
}

/// Splits a CSV file as RFC 4180 has it.
std::vector<std::vector<std::string>> read_csv(const std::string& text) {
  std::vector<std::vector<std::string>> rows = {{""}};
  bool in_quotes = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (in_quotes && text[i] == '"' && i + 1 < text.size() && text[i + 1] == '"') {
      rows.back().back() += text[i++];
    } else if (text[i] == '"') {
      in_quotes = !in_quotes;
    } else if (!in_quotes && text[i] == ',') {
      rows.back().emplace_back();
    } else if (!in_quotes && text[i] == '\n') {
      rows.push_back({""});
    } else {
      rows.back().back() += text[i];
    }
  }
  rows.pop_back();
  return rows;
}

/// A cell by its column's name.
std::string cell(const std::vector<std::vector<std::string>>& csv, std::size_t row, const std::string& column) {
  for (std::size_t i = 0; i < csv[0].size(); ++i) {
    if (csv[0][i] == column) return csv[row].at(i);
  }
  return "no column " + column;
}

TEST(LayersCsv, ReadsBackCellByCell) {
  RunResult result = sample_result();
  result.layers[1].name = "pool, \"first\"\nof two";
  const auto csv = read_csv(layers_csv(result.layers));
  ASSERT_EQ(csv.size(), 5U);  // header and four layers
  for (const auto& row : csv) EXPECT_EQ(row.size(), csv[0].size());
  EXPECT_EQ(cell(csv, 2, "name"), "pool, \"first\"\nof two");
  EXPECT_EQ(cell(csv, 1, "total_cycles"), "6000");
  EXPECT_EQ(cell(csv, 1, "processing_ms"), "0.025");
  EXPECT_EQ(std::stod(cell(csv, 1, "mac_utilization")), result.layers[0].mac_utilization);
  EXPECT_EQ(cell(csv, 1, "counts.mac.gated"), "250000");
  EXPECT_EQ(std::stod(cell(csv, 1, "energy_pj.mac")), 1.5e6);
  EXPECT_EQ(cell(csv, 1, "stall_cycles.link"), "168000");
  EXPECT_EQ(cell(csv, 1, "energy_extrapolated"), "false");
}

TEST(LayersCsv, WhatALayerDoesNotHaveIsEmptyNotZero) {
  const auto csv = read_csv(layers_csv(sample_result().layers));
  EXPECT_EQ(cell(csv, 4, "counts.mac.gated"), "");
  EXPECT_EQ(cell(csv, 4, "sqnr_db"), "");
  EXPECT_EQ(cell(csv, 2, "energy_pj.static"), "");
}

TEST(LayersCsv, HasNoTrailingCommasEvenWhereALayerHasLittleToSay) {
  std::istringstream lines(layers_csv(sample_result().layers));
  for (std::string line; std::getline(lines, line);) EXPECT_NE(line.back(), ',') << line;
}

TEST(ResultTable, IsPlainAsciiOfAtMost160Columns) {
  RunResult result = sample_result();
  LayerResult& layer = result.layers[0];
  layer.macs_performed = layer.macs_gated = 2663139456;  // AlexNet's conv layers at batch 4
  layer.processing_cycles = layer.total_cycles = 23060000;
  layer.energy_chip_pj = layer.energy_dram_pj = 31.9e9;
  layer.energy_extrapolated = true;
  for (const char* component : {"adder", "codebook", "codec", "filter_spad", "global_buffer", "ifmap_spad", "noc",
                                "post_processing", "psum_spad"}) {
    layer.energy_pj[component] = 9.9e9;
  }
  std::istringstream lines(result_table(result));
  for (std::string line; std::getline(lines, line);) {
    EXPECT_LE(line.size(), 160U) << line;
    for (const char c : line) EXPECT_TRUE(c >= ' ' && c <= '~') << line;
  }
}

TEST(ResultTable, ShowsEachLayerWithItsFigures) {
  std::istringstream lines(result_table(sample_result()));
  std::string line;
  std::getline(lines, line);
  EXPECT_EQ(line,
            "layer        kind           cycles     ms  total ms  MACs done   gated  PEs  util %  zeros %  GLB MB  "
            "DRAM MB  chip uJ  DRAM uJ  chip mW");
  std::getline(lines, line);
  EXPECT_EQ(line, std::string(line.size(), '-'));
  std::getline(lines, line);
  // utilisation 750,000 / (168 x 5,000) = 89.3%; buffer 3.0 + 1.5 MB
  EXPECT_EQ(line,
            "conv1        conv             5000  0.025     0.030     750000  250000  154    89.3     25.0   4.500    "
            "0.000    1.800    0.008     60.0");
  std::getline(lines, line);
  EXPECT_EQ(line, "pool1        host:max_pool       0");
}

TEST(ResultTable, ShowsTheEnergyOfEachComponent) {
  const std::string table = result_table(sample_result());
  // per conv layer 1,000 bits x 8 pJ, 750,000 x 2 pJ and 10 mW x 0.03 ms; the fc layer has half the time
  EXPECT_NE(table.find("energy, uJ    dram    mac  static\n"), std::string::npos) << table;
  EXPECT_NE(table.find("conv2        0.008  1.500   0.300\n"), std::string::npos) << table;
  EXPECT_NE(table.find("all layers   0.024  4.500   0.750\n"), std::string::npos) << table;
}

TEST(ResultTable, GivesImagesPerSecondOverConvLayersAndOverAllByName) {
  const std::string table = result_table(sample_result());
  EXPECT_NE(table.find("conv layers: 66666.67 images/s, chip 60.0 mW, 0.001 mJ per image"), std::string::npos) << table;
  EXPECT_NE(table.find("all layers: 53333.33 images/s, chip 70.0 mW"), std::string::npos) << table;
  EXPECT_NE(table.find("weights: synthetic (laplace, seed 1)\n"), std::string::npos) << table;
}

TEST(ResultTable, DoesNotPassASumOverSomeLayersForTheNetwork) {
  RunResult result = sample_result();
  result.not_run = {"fc6", "fc7"};
  const std::string table = result_table(result);
  EXPECT_EQ(table.find("all layers"), std::string::npos) << table;
  EXPECT_NE(table.find("layers run: 53333.33 images/s"), std::string::npos) << table;
  EXPECT_NE(table.find("not run: fc6 fc7; the sums are of the layers above\n"), std::string::npos) << table;
  const json totals = json::parse(result_json(result))["totals"];
  EXPECT_FALSE(totals.contains("all_layers"));
  EXPECT_EQ(totals["layers_run"]["total_cycles"], 15000);
  EXPECT_EQ(totals["not_run"], json::parse(R"(["fc6", "fc7"])"));
}

TEST(ResultTable, MarksExtrapolatedFigures) {
  RunResult result = sample_result();
  EXPECT_EQ(result_table(result).find('*'), std::string::npos);
  result.prices[0].events.at("mac.op").extrapolated = "mac operand_bits = 8 is outside 16 to 16";
  for (LayerResult& layer : result.layers) {
    if (!layer.on_host()) derive(layer, {200000, 168}, result.prices[0]);
  }
  const std::string table = result_table(result);
  EXPECT_NE(table.find("60.0*"), std::string::npos) << table;
  EXPECT_NE(table.find("* extrapolated: mac operand_bits = 8 is outside 16 to 16\n"), std::string::npos) << table;
}

TEST(Program, KnowsItsVersionRevisionAndCompiler) {
  const Program program = this_program();
  EXPECT_NE(program.version.find('.'), std::string::npos);
  EXPECT_FALSE(program.git_revision.empty());
  EXPECT_NE(program.compiler.find(' '), std::string::npos);
}

}  // namespace
}  // namespace lacuna

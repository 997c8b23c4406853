// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <boost/property_tree/xml_parser.hpp>
#include <nlohmann/json.hpp>
#include <sstream>

#include "analysis/report/chart.hpp"
#include "analysis/report/pe_blocks.hpp"
#include "analysis/report/roofline.hpp"
#include "analysis/report/stacked_bars.hpp"
#include "analysis/report/traffic.hpp"
#include "sim/result/result_json.hpp"
#include "tests/unit/analysis/report/result_sample.hpp"

namespace lacuna {
namespace {

ChartContent drawn(const std::string& name, const ResultDocument& result) {
  return Registry<ResultChart>::instance().find(name)->draw(result);
}

nlohmann::json spec_of(const std::string& name, const ResultDocument& result) {
  return nlohmann::json::parse(drawn(name, result).spec);
}

/// The value that a chart has for a bar and a series.
double value_of(const nlohmann::json& spec, const std::string& bar, const std::string& series) {
  for (const nlohmann::json& row : spec.at("data").at("values")) {
    if (row.at("bar") == bar && row.at("series") == series) return row.at("value");
  }
  return -1.0;
}

/// A drawing as a tree; throws where it is no XML.
boost::property_tree::ptree xml_of(const std::string& svg) {
  std::istringstream stream(svg);
  boost::property_tree::ptree tree;
  boost::property_tree::read_xml(stream, tree);
  return tree.get_child("svg");
}

/// The tooltips of its bars: "conv1, mac: 1500".
std::vector<std::string> bar_tooltips(const std::string& svg) {
  std::vector<std::string> tooltips;
  for (const auto& [name, element] : xml_of(svg)) {
    const auto title = element.get_optional<std::string>("title");
    if (name == "rect" && title) tooltips.push_back(*title);
  }
  return tooltips;
}

TEST(ResultCharts, EveryOneStandsInAPlaceOfItsOwnAndSaysWhatItShows) {
  const ResultDocument result = reported_document();
  const std::vector<DrawnChart> charts = draw_all(result);
  EXPECT_GE(charts.size(), 9U);
  for (std::size_t i = 0; i < charts.size(); ++i) {
    EXPECT_FALSE(charts[i].content.title.empty()) << charts[i].name;
    EXPECT_GT(charts[i].content.caption.size(), 20U) << charts[i].name;
    if (i == 0) continue;
    EXPECT_LT(Registry<ResultChart>::instance().find(charts[i - 1].name)->place(),
              Registry<ResultChart>::instance().find(charts[i].name)->place());
  }
}

TEST(ResultCharts, EnergiesAreThoseOfTheResult) {
  const nlohmann::json spec = spec_of("energy_by_layer", reported_document());
  // conv1: 750,000 MACs at 2 pJ, 1,000 bits at 8 pJ; 10 mW for 0.03 ms: 1.5, 0.008 and 0.3 uJ, drawn in uJ.
  EXPECT_DOUBLE_EQ(value_of(spec, "conv1", "mac"), 1.5);
  EXPECT_DOUBLE_EQ(value_of(spec, "conv1", "dram"), 0.008);
  EXPECT_DOUBLE_EQ(value_of(spec, "conv1", "static"), 0.3);
  EXPECT_EQ(spec.at("layer").at(0).at("encoding").at("y").at("title"), "energy, uJ");
  // All prices at their low end: 0.75, 0.001 (the sample's low of 1 pJ) and 0.27 uJ.
  const nlohmann::json whisker = spec.at("layer").at(1).at("data").at("values").at(0);
  EXPECT_EQ(whisker.at("bar"), "conv1");
  EXPECT_DOUBLE_EQ(whisker.at("low"), 0.75 + 0.001 + 0.27);
  EXPECT_DOUBLE_EQ(whisker.at("high"), 2.25 + 0.008 + 0.33);
}

TEST(ResultCharts, EnergySharesOfALayerAddUpTo100Percent) {
  const nlohmann::json spec = spec_of("energy_shares", reported_document());
  EXPECT_DOUBLE_EQ(value_of(spec, "fc6", "mac") + value_of(spec, "fc6", "dram") + value_of(spec, "fc6", "static"),
                   100.0);
}

TEST(ResultCharts, CyclesAreProcessingAndWaitingForTheLink) {
  const nlohmann::json spec = spec_of("cycles_by_layer", reported_document());
  EXPECT_EQ(value_of(spec, "conv1", "processing"), 5000.0);
  EXPECT_EQ(value_of(spec, "conv1", "waiting for DRAM"), 1000.0);
}

TEST(ResultCharts, PeCyclesAddUpTo100Percent) {
  RunResult result = reported_result();
  result.layers[0].stall_cycles = {{"link", 4000}, {"psum", 800}};
  const nlohmann::json spec = spec_of("stalls_by_layer", document_of(result_json(result)));
  const double percent = 100.0 / (168.0 * 6000.0);  // of the PE cycles of conv1
  EXPECT_DOUBLE_EQ(value_of(spec, "conv1", "performed"), percent * 750000.0);
  EXPECT_DOUBLE_EQ(value_of(spec, "conv1", "gated"), percent * 250000.0);
  EXPECT_DOUBLE_EQ(value_of(spec, "conv1", "stall: link"), percent * 4000.0);
  EXPECT_DOUBLE_EQ(value_of(spec, "conv1", "stall: psum"), percent * 800.0);
  EXPECT_DOUBLE_EQ(value_of(spec, "conv1", "idle or filler"), percent * (1008000.0 - 1004800.0));
  EXPECT_EQ(value_of(spec, "conv2", "stall: psum"), 0.0);  // a cause that it does not have
}

TEST(ResultCharts, MacsAreThoseOfTheResult) {
  const nlohmann::json spec = spec_of("macs_by_layer", reported_document());
  EXPECT_EQ(value_of(spec, "conv2", "performed"), 750000.0);
  EXPECT_EQ(value_of(spec, "conv2", "gated"), 250000.0);
  EXPECT_EQ(value_of(spec, "conv2", "skipped"), 0.0);
}

TEST(ResultCharts, DrawingsAreXmlAndHoldTheSameNumbers) {
  const ResultDocument result = reported_document();
  EXPECT_EQ(bar_tooltips(drawn("cycles_by_layer", result).svg),
            (std::vector<std::string>{"conv1, processing: 5000", "conv2, processing: 5000", "fc6, processing: 2500",
                                      "conv1, waiting for DRAM: 1000", "conv2, waiting for DRAM: 1000",
                                      "fc6, waiting for DRAM: 500"}));
  const std::vector<std::string> energies = bar_tooltips(drawn("energy_by_layer", result).svg);
  EXPECT_NE(std::find(energies.begin(), energies.end(), "conv1, mac: 1.5"), energies.end());
  for (const DrawnChart& chart : draw_all(result)) {
    if (chart.content.svg.empty()) continue;
    EXPECT_NO_THROW(xml_of(chart.content.svg)) << chart.name;
  }
}

TEST(ResultCharts, ADrawingOfNamesThatAreMarkupIsStillXml) {
  const StackedBars bars{"<&>", "layer", "\"y\" & z", "s", {"</svg>", "b"}, {{"<s>", "#000000", {1.0, 2.0}}}};
  EXPECT_EQ(bar_tooltips(stacked_bars_svg(bars)), (std::vector<std::string>{"</svg>, <s>: 1", "b, <s>: 2"}));
}

TEST(ResultCharts, BarsStandAsHighAsTheirValues) {
  const StackedBars bars{"t", "layer", "y", "s", {"a"}, {{"low", "#000000", {3.0}}, {"high", "#ffffff", {6.0}}}};
  std::vector<double> heights;
  for (const auto& [name, element] : xml_of(stacked_bars_svg(bars))) {
    if (name == "rect" && element.get_optional<std::string>("title")) {
      heights.push_back(element.get<double>("<xmlattr>.height"));
    }
  }
  ASSERT_EQ(heights.size(), 2U);
  EXPECT_NEAR(heights[1], 2.0 * heights[0], 0.011);  // written to a hundredth of a px
}

TEST(ResultCharts, ThePeArrayIsNotDrawnWithoutPesAndSaysSo) {
  const ChartContent content = drawn("pe_heat_map", reported_document());
  EXPECT_EQ(content.spec, "");
  EXPECT_EQ(content.caption, "Not drawn: there is no pes.csv beside result.json.");
}

TEST(ResultCharts, ThePeArrayShowsWhatEveryPeDid) {
  const ScratchFolder scratch;
  const nlohmann::json values = spec_of("pe_heat_map", reported_document_with_pes(scratch)).at("data").at("values");
  ASSERT_EQ(values.size(), 12U);  // three layers of 2 x 2
  const nlohmann::json& pe = values.at(3);
  EXPECT_EQ(pe.at("layer"), "conv1");
  EXPECT_EQ(pe.at("row"), 1);
  EXPECT_EQ(pe.at("issued"), 250010.0);
  EXPECT_DOUBLE_EQ(pe.at("busy"), 250010.0 / (250010.0 + 1000.0 + 300.0));
}

TEST(PeBlocks, AnArrayWithTooManyPesIsDrawnInBlocksOfTheirMeans) {
  PeTable pes{{{"conv1", {}}}, 4, 6};
  for (int i = 0; i < 24; ++i) pes.layers[0].rows.push_back({i / 6, i % 6, static_cast<double>(i), 0, 0, 0, 0});
  EXPECT_EQ(pe_block_size(pes, 24), 1);
  EXPECT_EQ(pe_block_size(pes, 23), 2);
  EXPECT_EQ(pe_block_size(pes, 6), 2);
  EXPECT_EQ(pe_block_size(pes, 5), 3);
  const std::vector<PeRow> blocks = pe_blocks(pes.layers[0], 2);
  ASSERT_EQ(blocks.size(), 6U);
  EXPECT_EQ(blocks[0].performed, (0 + 1 + 6 + 7) / 4.0);
  EXPECT_EQ(blocks[5].row, 2);
  EXPECT_EQ(blocks[5].column, 4);
  EXPECT_EQ(blocks[5].performed, (16 + 17 + 22 + 23) / 4.0);
}

TEST(Roofline, RoofsAreThePesAndTheLink) {
  const Roofline roofline = roofline_of(reported_document());
  EXPECT_EQ(roofline.peak_macs_per_cycle, 168.0);
  EXPECT_DOUBLE_EQ(roofline.link_bytes_per_cycle, 8.0 * 60.0 / 200.0);
  ASSERT_EQ(roofline.points.size(), 3U);
  EXPECT_DOUBLE_EQ(roofline.points[0].macs_per_byte, 1e6 / 125.0);
  EXPECT_DOUBLE_EQ(roofline.points[0].macs_per_cycle, 1e6 / 6000.0);
  EXPECT_DOUBLE_EQ(roofline.roof(roofline.ridge()), 168.0);
  EXPECT_DOUBLE_EQ(roofline.roof(1.0), 2.4);
}

TEST(Traffic, WordsOfEachLevelAreTakenAtTheirWidths) {
  Figures layer;
  layer.where = "a layer";
  layer.numbers = {{"weight_bits", 8}, {"activation_bits", 16}, {"dram_read_bytes", 100}, {"dram_write_bytes", 20}};
  layer.maps["counts"] = {{"filter_spad.read", 10}, {"psum_spad.write", 5},    {"global_buffer.ifmap_read", 3},
                          {"ifmap_bus.word", 3},    {"ifmap_bus.delivery", 7}, {"psum_link.word", 2},
                          {"mac.op", 1000},         {"weight_link.word", 4}};
  const std::map<std::string, Traffic> levels = traffic_by_level(layer, 32.0);
  EXPECT_EQ(levels.at(kDram).bytes, 120.0);
  EXPECT_EQ(levels.at(kGlobalBuffer).bytes, 3 * 2.0);
  EXPECT_EQ(levels.at(kNoc).bytes, 3 * 2.0 + 2 * 4.0 + 4 * 1.0);
  EXPECT_EQ(levels.at(kNoc).events, "ifmap_bus.word, psum_link.word, weight_link.word");
  EXPECT_EQ(levels.at(kPeStorage).bytes, 10 * 1.0 + 5 * 4.0);
}

}  // namespace
}  // namespace lacuna

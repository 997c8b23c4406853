// SPDX-License-Identifier: Apache-2.0
#include "analysis/layer_comparison.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/error_of.hpp"

namespace lacuna {
namespace {

ComparedLayer layer(const std::string& name, const std::string& kind, double cycles, double utilization) {
  ComparedLayer result{name, kind, {}, false};
  for (const std::string& figure : compared_figures()) result.figures[figure] = 1.0;
  result.figures["processing_cycles"] = cycles;
  result.figures["mac_utilization"] = utilization;
  result.figures["energy_total_pj"] = 2e9;
  return result;
}

ComparedRun run(const std::string& name, std::vector<ComparedLayer> layers) {
  return {name, "one table", "figures", 4.5, std::move(layers), {}, {}};
}

const ComparisonTable* named(const std::vector<ComparisonTable>& tables, const std::string& id) {
  for (const ComparisonTable& table : tables) {
    if (table.id == id) return &table;
  }
  return nullptr;
}

double cell(const ComparisonTable& table, std::size_t row, const std::string& column) {
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (table.columns[i] == column) return table.values.at(row).at(i);
  }
  return std::nan("");
}

std::vector<ComparedRun> two_runs() {
  return {run("whole", {layer("conv1", "conv", 300, 0.5), layer("fc2", "fc", 100, 0.1), layer("fc3", "fc", 300, 0.5)}),
          run("fc alone", {layer("fc2", "fc", 50, 1.0), layer("fc3", "fc", 50, 0.5)})};
}

TEST(LayerComparison, SumsAreOfRunsThatRanAllOfAGroup) {
  const std::vector<ComparisonTable> tables = comparison_tables(two_runs());
  EXPECT_EQ(named(tables, "conv_layers")->rows, std::vector<std::string>{"whole"});
  EXPECT_EQ(named(tables, "fc_layers")->rows, (std::vector<std::string>{"whole", "fc alone"}));
  EXPECT_EQ(named(tables, "all_layers")->rows, std::vector<std::string>{"whole"});
  EXPECT_EQ(cell(*named(tables, "all_layers"), 0, "cycles"), 700.0);
  EXPECT_EQ(cell(*named(tables, "all_layers"), 0, "energy mJ"), 6.0);
  EXPECT_EQ(cell(*named(tables, "fc_layers"), 1, "cycles"), 100.0);
  EXPECT_EQ(cell(*named(tables, "fc_layers"), 1, "area mm2"), 4.5);
}

TEST(LayerComparison, UtilisationOfSeveralLayersIsWeighedByTheirCycles) {
  const std::vector<ComparisonTable> tables = comparison_tables(two_runs());
  EXPECT_DOUBLE_EQ(cell(*named(tables, "fc_layers"), 0, "utilisation %"), 40.0);  // (0.1 x 100 + 0.5 x 300) / 400
  EXPECT_DOUBLE_EQ(cell(*named(tables, "fc_layers"), 1, "utilisation %"), 75.0);
}

TEST(LayerComparison, ALayerThatARunDoesNotHaveIsADash) {
  const std::vector<ComparisonTable> tables = comparison_tables(two_runs());
  const ComparisonTable& cycles = *named(tables, "cycles");
  EXPECT_EQ(cycles.rows, (std::vector<std::string>{"conv1", "fc2", "fc3"}));
  EXPECT_TRUE(std::isnan(cycles.values[0][1]));
  EXPECT_EQ(text_of(cycles),
            "Processing cycles by layer  whole  fc alone\n"
            "-------------------------------------------\n"
            "conv1                         300         -\n"
            "fc2                           100        50\n"
            "fc3                           300        50\n");
}

TEST(LayerComparison, LayersStandInTheNetworksOrderWhicheverRunHasThem) {
  const std::vector<ComparedRun> runs = {run("b", {layer("two", "conv", 1, 1)}),
                                         run("a", {layer("one", "conv", 1, 1), layer("two", "conv", 1, 1)})};
  EXPECT_EQ(named(comparison_tables(runs), "cycles")->rows, (std::vector<std::string>{"one", "two"}));
}

TEST(LayerComparison, OneKindOfLayersIsNotSummedTwice) {
  const std::vector<ComparisonTable> tables = comparison_tables({run("a", {layer("fc2", "fc", 50, 1.0)})});
  EXPECT_NE(named(tables, "fc_layers"), nullptr);
  EXPECT_EQ(named(tables, "all_layers"), nullptr);
  EXPECT_EQ(named(tables, "conv_layers"), nullptr);
}

TEST(ComparedRuns, AtDifferentPricesAreRefused) {
  std::vector<ComparedRun> runs = two_runs();
  EXPECT_NO_THROW(refuse_mixed_prices(runs, "one"));
  runs[1].prices_digest = "others";
  EXPECT_EQ(error_of([&] { refuse_mixed_prices(runs, "one for all"); }),
            "compare: energies at different prices, found whole (one table) and fc alone (one table, with other "
            "figures); allowed one for all");
  runs[1].prices = "another";
  EXPECT_EQ(
      error_of([&] { refuse_mixed_prices(runs, "one for all"); }),
      "compare: energies at different prices, found whole (one table) and fc alone (another); allowed one for all");
}

TEST(ComparedRuns, OfTheSameLayersAndMacsAreTheSameWork) {
  std::vector<ComparedRun> runs = {two_runs()[0], two_runs()[0]};
  EXPECT_TRUE(same_work(runs[0], runs[1]));
  EXPECT_FALSE(same_work(two_runs()[0], two_runs()[1]));
  runs[1].layers[2].figures["macs_total"] = 7.0;
  EXPECT_FALSE(same_work(runs[0], runs[1]));
  EXPECT_EQ(remarks_on(runs), std::vector<std::string>{"whole: other work: fc3 has 7 MACs, that of whole 1"});
}

TEST(ComparedRuns, RemarksAreOnWhatNotAllShare) {
  std::vector<ComparedRun> runs = two_runs();
  EXPECT_EQ(remarks_on(runs), std::vector<std::string>{"fc alone: did not run conv1"});
  for (ComparedRun& run : runs) run.labels = {"mapping: default"};
  for (ComparedRun& run : runs) run.settings = {{"batch", "1"}};
  runs[1].labels.emplace_back("conv1: not run: too wide");
  runs[1].settings["batch"] = "4";
  runs[1].layers[0].extrapolated = true;
  runs[1].prices_digest = "others";
  EXPECT_EQ(remarks_on(runs),
            (std::vector<std::string>{"fc alone: did not run conv1", "fc alone: at prices of its own: one table",
                                      "fc alone: prices are used outside the range of their sources",
                                      "fc alone: batch 4", "fc alone: conv1: not run: too wide"}));
}

}  // namespace
}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include "analysis/report/result_document.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "sim/result/pe_result.hpp"
#include "sim/result/result_json.hpp"
#include "tests/support/error_of.hpp"
#include "tests/unit/analysis/report/result_sample.hpp"

namespace lacuna {
namespace {

nlohmann::json sample_json() { return nlohmann::json::parse(result_json(reported_result())); }

std::string error_without(const std::string& pointer) {
  nlohmann::json json = sample_json();
  const nlohmann::json::json_pointer place(pointer);
  json.at(place.parent_pointer()).erase(place.back());
  return error_of([&] { document_of(json.dump()); });
}

TEST(ResultDocument, HoldsTheFiguresOfEveryLayerThatRanOnTheArray) {
  const ResultDocument result = reported_document();
  ASSERT_EQ(result.layer_names(), (std::vector<std::string>{"conv1", "conv2", "fc6"}));
  EXPECT_EQ(result.layers[0].number("macs_gated"), 250000.0);
  EXPECT_EQ(result.layers[0].map("energy_pj").at("dram"), 8000.0);  // 1000 bits at 8 pJ
  EXPECT_EQ(result.layers[2].text("kind"), "fc");
  EXPECT_EQ(result.host_layers, std::vector<std::string>{"pool1 (max_pool)"});
  EXPECT_EQ(result.pes_of_array(), 168.0);
  EXPECT_EQ(result.all.number("total_cycles"), 15000.0);
  EXPECT_FALSE(result.pes);
}

TEST(ResultDocument, ANumberThatDoesNotExistIsAbsent) {
  const ResultDocument result = reported_document();
  EXPECT_EQ(result.layers[0].numbers.count("sqnr_db"), 1U);
  EXPECT_EQ(result.layers[2].numbers.count("sqnr_db"), 0U);
}

TEST(ResultDocument, SumsOfAPartialRunAreThoseOfTheLayersRun) {
  RunResult partial = reported_result();
  partial.not_run = {"conv3"};
  const ResultDocument result = document_of(result_json(partial));
  EXPECT_EQ(result.not_run, std::vector<std::string>{"conv3"});
  EXPECT_EQ(result.all.number("layers"), 3.0);
}

TEST(ResultDocument, RefusesAnotherSchemaVersionWithFileAndPlace) {
  nlohmann::json json = sample_json();
  json["schema_version"] = 7;
  EXPECT_EQ(error_of([&] { document_of(json.dump()); }), "result.json/schema_version: found 7; allowed 1");
}

TEST(ResultDocument, SaysWhichKeyOfWhichLayerIsMissing) {
  EXPECT_EQ(error_without("/layers/0/kind"), "result.json/layers/0: missing key 'kind'");
  EXPECT_EQ(error_without("/totals/not_run"), "result.json/totals: missing key 'not_run'");
  const ResultDocument result = reported_document();
  EXPECT_EQ(error_of([&] { result.layers[1].number("cycles"); }), "result.json/layers/2: missing key 'cycles'");
}

TEST(ResultDocument, ReadsThePesBesideTheResult) {
  const ScratchFolder scratch;
  const ResultDocument result = reported_document_with_pes(scratch);
  ASSERT_TRUE(result.pes);
  EXPECT_EQ(result.pes->rows, 2);
  EXPECT_EQ(result.pes->columns, 2);
  const PeRow& last = result.pes->find("conv2")->rows[3];
  EXPECT_EQ(last.performed, 187510.0);
  EXPECT_EQ(last.filler, 10.0);
  EXPECT_EQ(last.stalled, 1000.0);
  EXPECT_EQ(last.idle, 300.0);
}

TEST(ResultDocument, RefusesThePesOfAnotherRun) {
  const ScratchFolder scratch;
  LayerPes other = reported_pes("conv1");
  other.pes[0].performed += 1;
  scratch.write("pes.csv", pes_csv({other, reported_pes("conv2"), reported_pes("fc6")}));
  const std::string file = scratch.path("result.json");
  EXPECT_EQ(
      error_of([&] { document_of(result_json(reported_result()), file); }),
      scratch.path("pes.csv") +
          ": is of another run: MACs performed and gated in layer 'conv1', found 1000001; allowed 1000000 as in " +
          file);
}

TEST(PeTable, SaysInWhichLineWhatIsWrong) {
  const ScratchFolder scratch;
  const std::string head = "layer,row,column,macs_performed,macs_gated,macs_filler,stall_cycles.link,idle_cycles\n";
  const auto error = [&](const std::string& text) {
    const std::string file = scratch.write("pes.csv", text);
    const std::string message = error_of([&] { read_pe_table(file); });
    return message.substr(std::min(file.size(), message.size()));
  };
  EXPECT_EQ(error("layer,row\n"),
            ":1: is no pes.csv: allowed a header of "
            "'layer,row,column,macs_performed,macs_gated,macs_filler,...idle_cycles'");
  EXPECT_EQ(error(head + "conv1,0,0,1,2\n"), ":2: found 5 cells; allowed 8");
  EXPECT_EQ(error(head + "conv1,0,0,1,2,0,x,4\n"), ":2: found 'x'; allowed a whole number, 0 or more");
  EXPECT_EQ(error(head + "conv1,0,0,1,-2,0,3,4\n"), ":2: found '-2'; allowed a whole number, 0 or more");
  EXPECT_EQ(error(head + "conv1,9999999,0,1,2,0,3,4\n"), ":2: found PE 9999999; allowed less than 1048576");
  EXPECT_EQ(error(""), ": is empty");
}

}  // namespace
}  // namespace lacuna

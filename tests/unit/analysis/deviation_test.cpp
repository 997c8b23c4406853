// SPDX-License-Identifier: Apache-2.0
#include "analysis/deviation.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <sstream>

#include "sim/result/result_json.hpp"
#include "tests/support/error_of.hpp"
#include "tests/support/sample_result.hpp"
#include "tests/support/scratch_folder.hpp"

namespace lacuna {
namespace {

/// A paper of two layers, 10 and 20 ms, whose first layer is also shown with another mapping.
const char* const kPaper = R"({
  "paper": "p", "citation": "A. Author, 2020, Table 1",
  "experiment": {"chip": "c", "network": "n", "batch": 4, "mapping": "m", "note": "Note."},
  "published": {"verified": true, "rows": [
    {"layer": "a", "active_pes": 8, "processing_ms": 10, "total_ms": 12, "global_buffer_mb": 1.0, "dram_mb": 0.5,
     "ifmap_zeros_percent": 25, "power_mw": 100},
    {"layer": "b", "active_pes": 9, "processing_ms": 20, "total_ms": 21, "global_buffer_mb": 2.0, "dram_mb": 0.6,
     "ifmap_zeros_percent": 50, "power_mw": 200}]},
  "exact": {"verified": true, "rows": [
    {"layer": "a", "mapping": "m", "global_buffer_mb": 1.01}, {"layer": "a", "mapping": "other", "global_buffer_mb": 3.0},
    {"layer": "b", "mapping": "m", "global_buffer_mb": 2.02}]},
  "tolerance": {"latency_each_percent": 8, "latency_mean_percent": 6, "latency_total_percent": 3,
    "latency_sum_percent": 4, "latency_sum_of": ["a", "b"], "global_buffer_mb": 0.05}})";

using Layers = std::vector<nlohmann::json>;

nlohmann::json layer(const std::string& name, double pes, double ms, double buffer_bytes) {
  return {{"name", name},
          {"batch", 4},
          {"active_pes", pes},
          {"processing_ms", ms},
          {"total_ms", ms + 1},
          {"global_buffer_read_bytes", buffer_bytes},
          {"global_buffer_write_bytes", 10000},
          {"dram_read_bytes", 400000},
          {"dram_write_bytes", 100000},
          {"ifmap_zero_fraction", 0.25},
          {"power_chip_mw", 110}};
}

nlohmann::json run(const std::string& mapping, const Layers& layers) {
  return {{"schema_version", 1},
          {"config", {{"chip", {{"name", "c"}}}, {"network", {{"name", "n"}}}, {"run", {{"mapping", mapping}}}}},
          {"labels", Layers{"weights: synthetic"}},
          {"layers", layers}};
}

class Deviation : public ::testing::Test {
 protected:
  Deviation() { scratch_.write("p.json", kPaper); }
  std::string write(const std::string& name, const nlohmann::json& json) { return scratch_.write(name, json.dump()); }
  /// a: 10.5 ms against 10 (+5 %); b: 19 ms against 20 (-5 %)
  std::string good() {
    return write("good.json",
                 run("m", Layers{layer("a", 8, 10.5, 1e6), layer("b", 9, 19, 2010000), layer("fc", 1, 9, 1)}));
  }
  Deviations compared(const std::vector<std::string>& files) {
    return compare(load_published(scratch_.path("p.json")), files);
  }
  /// Exit code and output of the command.
  std::pair<int, std::string> command(std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--paper", "p"});
    std::ostringstream out;
    const int code = deviation_command(arguments, scratch_.path(), out);
    return {code, out.str()};
  }
  ScratchFolder scratch_;
};

TEST_F(Deviation, OfLatencyIsOursOverPublishedLayerByLayerAndInSums) {
  const Deviations d = compared({good()});
  ASSERT_EQ(d.rows.size(), 2U);
  EXPECT_NEAR(d.rows[0].latency_percent(), 5.0, 1e-9);   // 10.5 / 10 - 1
  EXPECT_NEAR(d.rows[1].latency_percent(), -5.0, 1e-9);  // 19 / 20 - 1
  EXPECT_NEAR(d.total.percent(), 100 * (29.5 / 30 - 1), 1e-9);
  EXPECT_NEAR(d.latency_mean_percent, 5.0, 1e-9);  // (5 + 5) / 2
  EXPECT_NEAR(d.latency_worst_percent, 5.0, 1e-9);
  EXPECT_NEAR(d.rows[0].ours.global_buffer_mb, 1.01, 1e-9);  // 1,000,000 + 10,000 bytes
  EXPECT_NEAR(d.rows[0].ours.dram_mb, 0.5, 1e-9);            // 400,000 + 100,000 bytes
  EXPECT_TRUE(breaches(d).empty());
}

TEST_F(Deviation, AnotherMappingIsARowBesideAndInNoSum) {
  const std::string other = write("other.json", run("other", Layers{layer("a", 8, 10.1, 2990000)}));
  const Deviations d = compared({good(), other});
  ASSERT_EQ(d.beside.size(), 1U);
  EXPECT_EQ(d.beside[0].exact.global_buffer_mb, 3.0);
  EXPECT_NEAR(d.total.ours_ms, 29.5, 1e-9);
}

TEST_F(Deviation, IsPrintedAsMarkdown) {
  const std::string other = write("other.json", run("other", Layers{layer("a", 8, 10.1, 2990000)}));
  EXPECT_EQ(command({good(), other}).second,
            R"(Published: A. Author, 2020, Table 1; batch 4. Note.

| layer | active PEs | published | processing ms | published | deviation |
|---|---:|---:|---:|---:|---:|
| a | 8 | 8 | 10.50 | 10.0 | +5.0 % |
| b | 9 | 9 | 19.00 | 20.0 | -5.0 % |
| total |  |  | 29.50 | 30.0 | -1.7 % |
| a + b |  |  | 29.50 | 30.0 | -1.7 % |
| mean, worst |  |  |  |  | 5.0 %, 5.0 % |
| a (other) | 8 | 8 | 10.10 | 10.0 | +1.0 % |

| layer | zeros % | published | total ms | published | global buffer MB | exact | published | DRAM MB | published | chip mW | published |
|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
| a | 25.0 | 25.0 | 11.50 | 12.0 | 1.01 | 1.01 | 1.0 | 0.50 | 0.5 | 110 | 100 |
| b | 25.0 | 50.0 | 20.00 | 21.0 | 2.02 | 2.02 | 2.0 | 0.50 | 0.6 | 110 | 200 |
| a (other) | 25.0 | 25.0 | 11.10 | 12.0 | 3.00 | 3.00 | 1.0 | 0.50 | 0.5 | 110 | 100 |

weights: synthetic
)");
}

TEST_F(Deviation, OutsideTheTolerancesIsSaidAndMakesTheCommandFail) {
  const std::string bad = write("bad.json", run("m", Layers{layer("a", 7, 11, 1e6), layer("b", 9, 21.5, 3e6)}));
  const std::vector<std::string> expected = {"a (m) has 7 active PEs, published 8",
                                             "latency of a (m) is off by +10.0 %, allowed 8 %",  // 11 / 10
                                             "b (m) moves 3.010 MB through the global buffer, exact 2.02 MB",
                                             "latency on average is off by +8.8 %, allowed 6 %",  // (10 + 7.5) / 2
                                             "total latency is off by +8.3 %, allowed 3 %",       // 32.5 / 30
                                             "latency of a + b is off by +8.3 %, allowed 4 %"};
  EXPECT_EQ(breaches(compared({bad})), expected);
  const auto [code, text] = command({bad});
  EXPECT_EQ(code, 1);
  EXPECT_NE(text.find("outside tolerance: a (m) has 7 active PEs, published 8\n"), std::string::npos);
}

TEST_F(Deviation, FiguresThatAreNotVerifiedAreNeverHeldAgainstAResult) {
  nlohmann::json paper = nlohmann::json::parse(kPaper);
  paper["published"]["verified"] = paper["exact"]["verified"] = false;
  scratch_.write("p.json", paper.dump());
  const std::string bad = write("bad.json", run("m", Layers{layer("a", 7, 30, 1e6), layer("b", 9, 20, 9e6)}));
  EXPECT_TRUE(breaches(compared({bad})).empty());
  EXPECT_NE(command({bad}).second.find("(not confirmed)"), std::string::npos);
}

TEST_F(Deviation, WithoutALayerThereAreNoSums) {
  const std::string half = write("half.json", run("m", Layers{layer("a", 8, 10.5, 1e6)}));
  const std::string text = command({half}).second;
  EXPECT_EQ(text.find("total |"), std::string::npos) << text;
  EXPECT_NE(text.find("Incomplete, no sums: no result for b.\n"), std::string::npos) << text;
}

TEST_F(Deviation, RefusesResultsOfAnotherExperiment) {
  nlohmann::json chip = run("m", Layers{layer("a", 8, 10, 1e6)});
  chip["config"]["chip"]["name"] = "other";
  nlohmann::json network = run("m", Layers{layer("a", 8, 10, 1e6)});
  network["config"]["network"]["name"] = "other";
  nlohmann::json batch = run("m", Layers{layer("a", 8, 10, 1e6)});
  batch["layers"][0]["batch"] = 1;
  nlohmann::json version = run("m", Layers{});
  version["schema_version"] = 2;
  nlohmann::json no_pes = run("m", Layers{layer("a", 8, 10, 1e6)});
  no_pes["layers"][0].erase("active_pes");
  const std::string file = scratch_.path("r.json");
  const std::vector<std::pair<nlohmann::json, std::string>> cases = {
      {chip, file + ": a result of chip 'other'; allowed 'c', as in p"},
      {network, file + ": a result of network 'other'; allowed 'n', as in p"},
      {batch, file + ": layer 'a' ran with batch 1; allowed 4, as in p"},
      {version, file + "/schema_version: a result of another schema version; allowed 1"},
      {no_pes, file + "/layers/0: missing key 'active_pes'"},
      {run("x", Layers{layer("a", 8, 10, 1e6)}), "no result of p: no file has one of its layers with mapping 'm'"}};
  for (const auto& [json, message] : cases) {
    write("r.json", json);
    EXPECT_EQ(error_of([&] { compared({file}); }), message);
  }
  EXPECT_EQ(error_of([&] {
              compared({good(), good()});
            }),
            scratch_.path("good.json") + ": layer 'a' with mapping 'm' is also in " + scratch_.path("good.json"));
}

TEST_F(Deviation, RefusesFilesThatAreNoResults) {
  EXPECT_EQ(error_of([&] { compared({scratch_.path("none.json")}); }), scratch_.path("none.json") + ": cannot be read");
  const std::string text = scratch_.write("text.json", "layers");
  EXPECT_EQ(error_of([&] { compared({text}); }), text + ": is not JSON");
}

TEST_F(Deviation, TheCommandPutsItsTableBetweenTheMarkersOfADocumentAndComparesIt) {
  const std::string document = scratch_.write("README.md", "before\n<!-- begin p -->\nold\n<!-- end p -->\nafter\n");
  const std::string table = command({good()}).second;
  EXPECT_EQ(command({good(), "--check", document}).first, 1);
  EXPECT_EQ(command({good(), "--into", document}), std::make_pair(0, std::string()));
  EXPECT_EQ(command({good(), "--check", document}), std::make_pair(0, std::string()));
  std::ostringstream text;
  text << std::ifstream(document).rdbuf();
  EXPECT_EQ(text.str(), "before\n<!-- begin p -->\n" + table + "<!-- end p -->\nafter\n");
}

TEST_F(Deviation, TheCommandRefusesWhatItDoesNotKnow) {
  EXPECT_EQ(error_of([&] { command({}); }), "no result file given; allowed one RESULT.json or more");
  EXPECT_EQ(error_of([&] { command({"--csv"}); }), "unknown option, found '--csv'; allowed --paper, --into, --check");
  EXPECT_EQ(error_of([&] {
              command({"a.json", "--into", "x", "--check", "y"});
            }),
            "--into and --check exclude each other");
  const std::string plain = scratch_.write("plain.md", "text");
  EXPECT_EQ(error_of([&] {
              command({good(), "--into", plain});
            }),
            plain + ": no lines '<!-- begin p -->' and '<!-- end p -->' to put the table between");
}

TEST(EyerissTable, HoldsTableFiveAsPublished) {
  const PublishedTable table =
      load_published(std::string(LACUNA_SOURCE_DIR) + "/analysis/published/eyeriss_jssc2017.json");
  ASSERT_EQ(table.layers.size(), 5U);
  double processing_ms = 0.0;
  double total_ms = 0.0;
  double energy_uj = 0.0;
  double buffer_mb = 0.0;
  for (const PublishedLayer& layer : table.layers) {
    processing_ms += layer.processing_ms;
    total_ms += layer.total_ms;
    energy_uj += layer.power_mw * layer.total_ms;
    buffer_mb += layer.global_buffer_mb;
  }
  // the paper's own row "Total": 103.5 ms, 115.3 ms, 208.5 MB (of unrounded terms), 278 mW as energy over total time
  EXPECT_NEAR(processing_ms, 103.5, 1e-9);
  EXPECT_NEAR(total_ms, 115.3, 1e-9);
  EXPECT_NEAR(buffer_mb, 208.5, 0.15);
  EXPECT_NEAR(energy_uj / total_ms, 278, 0.5);
  EXPECT_TRUE(table.verified);
}

TEST(EyerissTable, IsComparedWithResultFilesAsTheyAreWritten) {
  const ScratchFolder scratch;
  RunResult result = sample_result();
  result.config_json = R"({"chip": {"name": "eyeriss"}, "network": {"name": "alexnet"},
    "run": {"mapping": {"name": "table_iii"}}})";
  const std::string file = scratch.write("result.json", result_json(result));
  const Deviations d =
      compare(load_published(std::string(LACUNA_SOURCE_DIR) + "/analysis/published/eyeriss_jssc2017.json"), {file});
  ASSERT_EQ(d.rows.size(), 2U);  // conv1 and conv2 of the sample
  EXPECT_EQ(d.rows[0].ours.active_pes, 154.0);
  EXPECT_EQ(d.rows[0].ours.processing_ms, 0.025);
  EXPECT_NEAR(d.rows[0].ours.power_mw, 60.0, 1e-9);
  EXPECT_EQ(d.missing, (std::vector<std::string>{"conv3", "conv4", "conv5"}));
  EXPECT_EQ(d.labels, result.labels);
}

}  // namespace
}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include "sim/engine/mapping_report.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "sim/engine/engine.hpp"
#include "sim/result/layers_csv.hpp"

namespace lacuna {
namespace {

Experiment tiny(const std::vector<std::string>& sets) {
  Request request{JsonDocument(nlohmann::json::object(), "test"), {}, {}};
  request.overrides.push_back(parse_override("/network=tiny"));
  for (const std::string& set : sets) request.overrides.push_back(parse_override(set));
  return compose(request);
}

TEST(MappingReport, OfARowStationaryLayerSaysWhatLiesWhereAndWhatLimitsIt) {
  const Experiment experiment = tiny({"/chip=eyeriss", "/run/mapping=search", R"(/run/layers=["conv2"])"});
  // 2 groups of 6 x 4 x 3 x 3 filters on an ifmap of 8 x 8 with its padding; 6 x 6 ofmap. Ifmap: 4 x 8 x 8 words,
  // psums: 6 x 6 x 6. Compute: 2 x p q S F = 2 x 6 x 4 x 3 x 6 = 864 cycles. Link of 4 words in 10/3 cycles:
  // 432, 512 and 432 words in 360, 427 and 360.
  const std::string report = mapping_report(experiment, true);
  EXPECT_EQ(report.substr(report.find("\nconv2: ") + 1), R"(conv2: m 6 n 1 e 6 p 6 q 4 r 1 t 1
  for 2 groups of 6 ofmap channels
    for 1 tile of 6 ofmap channels (m): their psums lie in the global buffer
      for 1 batch of 1 images (n)
        for 1 strip of 6 ofmap rows (e)
          for 1 tile of 4 channels (q r): their ifmap rows lie in the global buffer
            for 1 pass of 6 filters (p t)
              at once: sets of filters (t) x sets of channels (r) x filter rows (R) x ofmap rows (e): 1 x 1 x 3 x 6 = 18 of 168 PEs
                in a PE: images, ofmap columns (6), filter columns (3), channels (q 4), filters (p 6)
  a PE holds filter words p q S = 72 of 224, ifmap words q S = 12 of 12, psums p = 6 of 24
  global buffer holds (banks) 256 ifmap words (1) and 216 psums (1) of 25; 216 filter words (1) of 2
  DRAM words: filters 432, ifmap 512, ofmap 432; buffer words: ifmap 512, psums 432 in and out
  cycles if there were nothing else: compute 864, port 512, load 108, link 1147; limited by link

search: least dram_then_buffer (words of DRAM, then of the global buffer), perfect factors
cycles, words and energy by closed form: data without zeros, streams uncompressed, the whole batch
)");
}

TEST(MappingReport, OfASystolicLayerNamesFoldsAndTheSimulatedCycles) {
  const Experiment experiment =
      tiny({"/chip=systolic_32", "/run/mapping=search", R"(/run/layers=["conv2"])", "/run/search/objective=cycles"});
  const std::string report = mapping_report(experiment, true);
  EXPECT_NE(report.find("for 1 fold of 18 taps, in rows: their weights stay, 32 rows x 32 columns of PEs"),
            std::string::npos)
      << report;
  EXPECT_NE(report.find("search: least cycles"), std::string::npos) << report;
}

TEST(MappingReport, OfANamedMappingSaysItsName) {
  const std::string report = mapping_report(tiny({"/chip=eyeriss", "/run/mapping=default"}), false);
  EXPECT_NE(report.find("mapping: default\n"), std::string::npos) << report;
  EXPECT_EQ(report.find("search:"), std::string::npos) << report;
}

TEST(SearchedMapping, RunsComparesItsOfmapsAndCanBeRepeatedFromItsEcho) {
  for (const char* chip : {"/chip=eyeriss", "/chip=systolic_32"}) {
    for (const char* objective : {"dram_then_buffer", "cycles", "energy", "edp"}) {
      const Experiment experiment =
          tiny({chip, "/run/mapping=search", std::string("/run/search/objective=") + objective});
      const RunResult result = run_experiment(experiment, {});
      EXPECT_EQ(result.labels.at(1), std::string("mapping: search for the least ") + objective);
      const auto echo = nlohmann::json::parse(experiment.resolved);
      EXPECT_EQ(echo["run"]["mapping"], "search");
      EXPECT_EQ(echo["run"]["search"]["objective"], objective);
      const RunResult again = run_experiment(compose({JsonDocument(echo, "echo"), {}, {}}), {});
      EXPECT_EQ(layers_csv(again.layers), layers_csv(result.layers));
    }
  }
}

TEST(SearchedMapping, LeavesNoTraceInARunWithoutASearch) {
  const auto echo = nlohmann::json::parse(tiny({"/chip=eyeriss", "/run/mapping=default"}).resolved);
  EXPECT_FALSE(echo["run"].contains("search"));
}

}  // namespace
}  // namespace lacuna

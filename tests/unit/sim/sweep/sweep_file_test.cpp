// SPDX-License-Identifier: Apache-2.0
#include "sim/sweep/sweep_file.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "sim/sweep/database_schema.hpp"
#include "sim/sweep/point_request.hpp"
#include "tests/support/error_of.hpp"
#include "tests/unit/sim/sweep/sweep_case.hpp"

namespace lacuna {
namespace {

const char* const kBatch = R"([{"path": "/run/batch", "values": [1, 2]}])";

std::string mapping_text(const std::string& run, const std::string& axes = kBatch) {
  return sweep_of(axes, R"({"experiment": {"chip": "eyeriss", "network": "tiny", "run": )" + run + "}}").mapping_text();
}

TEST(SweepFile, SearchesTheMappingOfEveryPointUnlessItHoldsOneFixedAndSaysSo) {
  EXPECT_EQ(mapping_text("{}"), "searched anew for every point: least dram_then_buffer by closed form");
  EXPECT_EQ(mapping_text(R"({"search": {"objective": "edp"}})"),
            "searched anew for every point: least edp by closed form");
  EXPECT_EQ(mapping_text(R"({"search": {"objective": "edp", "finalists": 2}})"),
            "searched anew for every point: least edp by closed form, the best 2 simulated");
  EXPECT_EQ(mapping_text("{}", R"([{"path": "/run/search/finalists", "values": [0, 4]}])"),
            "searched anew for every point: least dram_then_buffer by closed form, as many of the best simulated as an "
            "axis says");
  EXPECT_EQ(mapping_text(R"({"mapping": "table_iii"})"),
            "held fixed: table_iii; points where it is illegal are refused");
  EXPECT_EQ(mapping_text("{}", R"([{"path": "/run/mapping", "values": ["default", "search"]}])"), "an axis");
}

TEST(SweepFile, OverridesChangeTheBase) {
  nlohmann::json json = {{"name", "case"},
                         {"description", ""},
                         {"experiment", {{"chip", "eyeriss"}, {"network", "tiny"}}},
                         {"axes", nlohmann::json::parse(kBatch)}};
  const JsonDocument file(json, "case.json");
  const SweepFile plain = load_sweep(file.view(), {});
  const SweepFile changed = load_sweep(file.view(), {parse_override("/network=alexnet")});
  EXPECT_EQ(changed.base.json()["network"], "alexnet");
  const SweepPoint first = points_of(plain).front();
  EXPECT_NE(PointKeys(plain).key(first), PointKeys(changed).key(first)) << "is another experiment";
}

TEST(SweepFile, RefusesAnOverrideOfWhatAnAxisChanges) {
  nlohmann::json json = {{"name", "case"},
                         {"description", ""},
                         {"experiment", {{"chip", "eyeriss"}, {"network", "tiny"}}},
                         {"axes", nlohmann::json::parse(kBatch)}};
  const JsonDocument file(json, "case.json");
  EXPECT_EQ(error_of([&] { load_sweep(file.view(), {parse_override("/run/batch=7")}); }),
            "--set /run/batch=7: /run/batch: an axis of the sweep changes it; allowed any other field");
}

TEST(SweepFile, APartOfAWholeMayChangeAfterTheWhole) {
  const SweepFile sweep = sweep_of(R"([{"path": "/chip", "values": ["eyeriss"]},
                                       {"path": "/chip/array/columns", "values": [12, 13]}])");
  const std::vector<SweepPoint> points = points_of(sweep);
  for (std::size_t i = 0; i < 2; ++i) {
    const Experiment experiment = compose(request_of(sweep, points[i], nullptr));
    EXPECT_EQ(nlohmann::json::parse(experiment.resolved)["chip"]["array"]["columns"], 12 + i);
  }
}

TEST(PointKeys, DependOnWhatIsSetAndNotOnTheOrderOfTheAxes) {
  const char* const seed = R"({"path": "/run/seed", "values": [1, 2]})";
  const char* const batch = R"({"path": "/run/batch", "values": [1, 2]})";
  const SweepFile one = sweep_of(std::string("[") + seed + "," + batch + "]");
  const SweepFile other = sweep_of(std::string("[") + batch + "," + seed + "]");
  const PointKeys keys_of_one(one);
  const PointKeys keys_of_other(other);
  const std::vector<SweepPoint> points = points_of(one);    // seed, batch: 11 12 21 22
  const std::vector<SweepPoint> others = points_of(other);  // batch, seed
  EXPECT_EQ(keys_of_one.key(points[1]), keys_of_other.key(others[2])) << "seed 1, batch 2";
  EXPECT_NE(keys_of_one.key(points[1]), keys_of_other.key(others[1])) << "seed 1, batch 2; batch 1, seed 2";
}

TEST(PointRequest, TheCommandOfAPointSetsTheSameExperiment) {
  const SweepFile sweep = sweep_of(
      R"([{"path": "/chip/array/rows", "values": [8]}, {"path": "/chip/array/gate_on", "values": ["none"]},
          {"path": "/run/images", "values": [["china", "flower"]]}])",
      R"({"experiment": {"chip": "eyeriss", "network": "tiny", "run": {"weights": "my folder", "batch": 2, "seed": 1}}})");
  EXPECT_EQ(command_of(sweep, points_of(sweep).front()),
            "lacuna run --chip eyeriss --network tiny --set /run/batch=2 --set /run/mapping=search "
            "--set /run/seed=1 --set '/run/weights=my folder' --set /chip/array/rows=8 --set "
            "/chip/array/gate_on=none --set '/run/images=[\"china\",\"flower\"]' --set /run/search/finalists=0");
}

TEST(PointRequest, TextsThatLookLikeNumbersKeepTheirQuotes) {
  const SweepFile sweep = sweep_of(R"([{"path": "/run/weights", "values": ["12", "it's"]}])");
  EXPECT_NE(command_of(sweep, points_of(sweep)[0]).find(R"('/run/weights="12"')"), std::string::npos);
  EXPECT_NE(command_of(sweep, points_of(sweep)[1]).find(R"('/run/weights=it'\''s')"), std::string::npos);
}

TEST(PointRequest, AnAxisReplacesWhatTheBaseSaysInTheCommandToo) {
  const SweepFile sweep =
      sweep_of(R"([{"path": "/network", "values": ["alexnet"]}, {"path": "/run/batch", "values": [4]}])",
               R"({"experiment": {"chip": "eyeriss", "network": "tiny", "run": {"batch": 2}}})");
  EXPECT_EQ(command_of(sweep, points_of(sweep).front()),
            "lacuna run --chip eyeriss --set /run/mapping=search --set /network=alexnet --set "
            "/run/batch=4 --set /run/search/finalists=0");
}

/// What the search of each point of a sweep simulates; "-" for points that do not search.
std::string finalists_of(const std::string& axes, const std::string& run = "{}") {
  const SweepFile sweep =
      sweep_of(axes, R"({"experiment": {"chip": "eyeriss", "network": "tiny", "run": )" + run + "}}");
  std::string text;
  for (const SweepPoint& point : points_of(sweep)) {
    const Experiment experiment = compose(request_of(sweep, point, nullptr));
    const bool told = command_of(sweep, point).find("--set /run/search/finalists=0") != std::string::npos;
    text += (text.empty() ? "" : " ") +
            (experiment.mapping.searched() ? std::to_string(experiment.run.search.finalists) : "-") +
            (told ? " in command" : "");
  }
  return text;
}

TEST(PointRequest, ASearchSimulatesNoFinalistsUnlessToldToWhoeverAsksForTheSearch) {
  EXPECT_EQ(finalists_of(kBatch), "0 in command 0 in command") << "the default mapping of sweeps";
  EXPECT_EQ(finalists_of(R"([{"path": "/run/mapping", "values": ["default", "search"]}])"), "- 0 in command");
  EXPECT_EQ(finalists_of(R"([{"path": "/run/mapping", "values": ["search"]}])", R"({"search": {"finalists": 2}})"),
            "2");
  EXPECT_EQ(finalists_of(kBatch, R"({"search": {"objective": "cycles"}})"), "0 in command 0 in command");
  EXPECT_EQ(finalists_of(R"([{"path": "/run/search/finalists", "values": [3, 5]}])"), "3 5");
  EXPECT_EQ(finalists_of(R"([{"path": "/run/search", "values": [{"objective": "edp"}, {"finalists": 7}]}])"),
            "0 in command 7");
  EXPECT_EQ(finalists_of(R"([{"path": "/run", "values": [{"mapping": "search"}, {"mapping": "default"}]}])"),
            "0 in command -");
  EXPECT_EQ(finalists_of(kBatch, R"({"mapping": "default"})"), "- -");
}

TEST(PointRequest, IdentitiesTellExperimentsApartAndNothingElse) {
  const SweepFile sweep = sweep_of(R"([{"path": "/run/batch", "values": [1, 2]}])");
  const std::vector<SweepPoint> points = points_of(sweep);
  const Experiment one = compose(request_of(sweep, points[0], nullptr));
  const Experiment again = compose(request_of(sweep, points[0], std::make_shared<FileMemory>()));
  EXPECT_EQ(identity_of(one), identity_of(again));
  EXPECT_NE(identity_of(one), identity_of(compose(request_of(sweep, points[1], nullptr))));
}

}  // namespace
}  // namespace lacuna

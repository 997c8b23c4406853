// SPDX-License-Identifier: Apache-2.0
#include "sim/sweep/points.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "tests/support/error_of.hpp"
#include "tests/unit/sim/sweep/sweep_case.hpp"

namespace lacuna {
namespace {

const char* const kGrid = R"([{"path": "/chip/array/rows", "values": [1, 2, 3]},
                              {"path": "/chip/array/columns", "values": [4, 5]}])";

TEST(Points, TheLastAxisChangesFirst) {
  EXPECT_EQ(points_text(sweep_of(kGrid)),
            "rows=1, columns=4; rows=1, columns=5; rows=2, columns=4; rows=2, columns=5; rows=3, columns=4; rows=3, "
            "columns=5");
}

TEST(Points, FiltersLeaveOutWhatTheyDoNotHoldFor) {
  EXPECT_EQ(points_text(sweep_of(kGrid, R"({"filters": ["rows * columns <= 10", "rows <> 1"]})")),
            "rows=2, columns=4; rows=2, columns=5");
}

TEST(Points, FiltersSeeTextsFlagsAndFractions) {
  const char* const axes = R"([{"path": "/chip/array/gate_on", "values": ["none", "activation"]},
                               {"name": "checked", "path": "/run/check_values", "values": [true, false]}])";
  EXPECT_EQ(points_text(sweep_of(axes, R"({"filters": ["gate_on = 'none' OR checked"]})")),
            R"(gate_on="none", checked=true; gate_on="none", checked=false; gate_on="activation", checked=true)");
  EXPECT_EQ(points_text(sweep_of(axes, R"({"filters": ["0.5"]})")).substr(0, 14), R"(gate_on="none")") << "is not zero";
}

TEST(Points, FiltersAreWholeExpressionsOverNamesAndTheSameAtEveryRun) {
  const auto refusal = [](const std::string& filter) {
    const std::string more = nlohmann::json({{"filters", {filter}}}).dump();
    return error_of([&] { points_of(sweep_of(kGrid, more)); });
  };
  EXPECT_NE(refusal(R"("rowz" <> 1)").find("no such column"), std::string::npos) << "a name in quotes is a name";
  EXPECT_NE(refusal("random() > 0").find("random"), std::string::npos);
  EXPECT_NE(refusal("rows < 3) OR (1").find("syntax error"), std::string::npos);
  EXPECT_EQ(points_of(sweep_of(kGrid, R"({"filters": ["\"rows\" < 2"]})")).size(), 2U);
}

TEST(Points, ZippedAxesMayRepeatAValueButNotAllOfThem) {
  const auto zip = [](const char* columns) {
    return std::string(R"([{"zip": [{"path": "/chip/array/rows", "values": [4, 4, 8]},
                                     {"path": "/chip/array/columns", "values": )") +
           columns + "}]}]";
  };
  EXPECT_EQ(points_text(sweep_of(zip("[7, 8, 8]"))), "rows=4, columns=7; rows=4, columns=8; rows=8, columns=8");
  EXPECT_NE(error_of([&] { sweep_of(zip("[7, 7, 8]")); }).find("value given twice, found 4, 7"), std::string::npos);
}

TEST(Points, ZippedAxesCountAsOne) {
  const char* const axes = R"([{"zip": [{"path": "/chip/array/rows", "values": [1, 2]},
                                        {"path": "/chip/array/columns", "values": [8, 4]}]},
                               {"path": "/run/batch", "values": [1, 2]}])";
  EXPECT_EQ(points_text(sweep_of(axes)),
            "rows=1, columns=8, batch=1; rows=1, columns=8, batch=2; rows=2, columns=4, batch=1; rows=2, columns=4, "
            "batch=2");
}

const char* const kLarge = R"([{"path": "/chip/array/rows", "range": {"from": 1, "to": 20, "step": 1}},
                               {"path": "/chip/array/columns", "range": {"from": 1, "to": 10, "step": 1}}])";

TEST(Points, ARandomSampleHasAsManyPointsOfTheGridAsAskedForAndNoneTwice) {
  const SweepFile sweep = sweep_of(kLarge, R"({"sample": {"method": "random", "points": 30, "seed": 1}})");
  std::set<std::vector<std::uint32_t>> points;
  for (const SweepPoint& point : points_of(sweep)) points.insert(point.values);
  EXPECT_EQ(points.size(), 30u);
  EXPECT_EQ(points_text(sweep), points_text(sweep)) << "the same at every call";
  const SweepFile other = sweep_of(kLarge, R"({"sample": {"method": "random", "points": 30, "seed": 2}})");
  EXPECT_NE(points_text(sweep), points_text(other)) << "another seed";
  const SweepFile all = sweep_of(kLarge, R"({"sample": {"method": "random", "points": 500}})");
  EXPECT_EQ(points_text(all), points_text(sweep_of(kLarge))) << "more than there are: all";
}

TEST(Points, ARandomSampleIsDrawnFromWhatPassesTheFilters) {
  const SweepFile sweep =
      sweep_of(kLarge, R"({"filters": ["rows > 18"], "sample": {"method": "random", "points": 15, "seed": 1}})");
  EXPECT_EQ(points_of(sweep).size(), 15u);
  for (const SweepPoint& point : points_of(sweep)) EXPECT_GE(point.values[0], 18u);
}

TEST(Points, ALatinHypercubeMeetsEveryStretchOfEveryAxisOnce) {
  // 20 points on axes of 20 and 10 values: each row once, each column twice.
  const SweepFile sweep = sweep_of(kLarge, R"({"sample": {"method": "latin_hypercube", "points": 20, "seed": 3}})");
  const std::vector<SweepPoint> points = points_of(sweep);
  ASSERT_EQ(points.size(), 20u);
  std::vector<int> rows(20, 0);
  std::vector<int> columns(10, 0);
  for (const SweepPoint& point : points) {
    ++rows[point.values[0]];
    ++columns[point.values[1]];
  }
  EXPECT_EQ(rows, std::vector<int>(20, 1));
  EXPECT_EQ(columns, std::vector<int>(10, 2));
}

TEST(Points, ALatinHypercubeReachesAnyValueOfAStretch) {
  // 10 points on 100 values: stretches of 10, over seeds each place within one is met.
  std::set<std::uint32_t> places;
  for (int seed = 0; seed < 40; ++seed) {
    const std::string more =
        R"({"sample": {"method": "latin_hypercube", "points": 10, "seed": )" + std::to_string(seed) + "}}";
    const char* const axis = R"([{"path": "/run/seed", "range": {"from": 0, "to": 99, "step": 1}}])";
    std::set<std::uint32_t> stretches;
    for (const SweepPoint& point : points_of(sweep_of(axis, more))) {
      places.insert(point.values[0] % 10);
      stretches.insert(point.values[0] / 10);
    }
    EXPECT_EQ(stretches.size(), 10U);
  }
  EXPECT_EQ(places.size(), 10U);
}

TEST(Points, ALatinHypercubeNeedsNoGrid) {
  const char* const axes = R"([{"path": "/run/seed", "range": {"from": 0, "to": 99999, "step": 1}},
                               {"path": "/chip/core_clock_khz", "range": {"from": 1, "to": 100000, "step": 1}}])";
  EXPECT_NE(error_of([&] { points_of(sweep_of(axes)); }).find("a grid of more than 10000000 points"),
            std::string::npos);
  const SweepFile sweep = sweep_of(axes, R"({"sample": {"method": "latin_hypercube", "points": 7}})");
  EXPECT_EQ(points_of(sweep).size(), 7u);
}

}  // namespace
}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include "sim/sweep/axis.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace lacuna {
namespace {

using Texts = std::vector<std::string>;

Axis axis_of(const std::string& json) {
  const JsonDocument document = JsonDocument::parse(json, "axis.json");
  return load_axis_group(document.view()).axes.front();
}

Texts values_of(const std::string& how) { return axis_of(R"({"path": "/run/seed", )" + how + "}").values; }

TEST(Axis, IsNamedByTheEndOfItsPathUnlessItSaysOtherwise) {
  EXPECT_EQ(axis_of(R"({"path": "/chip/array/rows", "values": [1]})").name, "rows");
  EXPECT_EQ(axis_of(R"({"name": "height", "path": "/chip/array/rows", "values": [1]})").name, "height");
}

TEST(Axis, ListsKeepTheirOrderAndTypes) {
  EXPECT_EQ(values_of(R"("values": [3, 1.5, "a", true, null, {"b": [1]}])"),
            (Texts{"3", "1.5", "\"a\"", "true", "null", R"({"b":[1]})"}));
}

TEST(Axis, RangesHoldBothEndsWhereTheStepMeetsThem) {
  EXPECT_EQ(values_of(R"("range": {"from": 2, "to": 8, "step": 3})"), (Texts{"2", "5", "8"}));
  EXPECT_EQ(values_of(R"("range": {"from": 2, "to": 7, "step": 3})"), (Texts{"2", "5"}));
  EXPECT_EQ(values_of(R"("range": {"from": 5, "to": 5, "step": 3})"), (Texts{"5"}));
}

TEST(Axis, RealRangesAreWhatPeopleWouldWriteInSpiteOfRounding) {
  // 3 x 0.1 is 0.30000000000000004 in doubles, 0.9 + 0.1 falls short of 1.
  EXPECT_EQ(values_of(R"("range": {"from": 0.0, "to": 1.0, "step": 0.1})"),
            (Texts{"0.0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9", "1.0"}));
}

TEST(Axis, LogRangesKeepARatio) {
  EXPECT_EQ(values_of(R"("log_range": {"from": 1, "to": 20, "factor": 2})"), (Texts{"1", "2", "4", "8", "16"}));
  EXPECT_EQ(values_of(R"("log_range": {"from": 0.5, "to": 2, "factor": 2})"), (Texts{"0.5", "1.0", "2.0"}));
}

TEST(Axis, ZippedAxesMoveTogether) {
  const JsonDocument document = JsonDocument::parse(
      R"({"zip": [{"path": "/a", "values": [1, 2]}, {"paths": ["/b", "/c"], "name": "b", "values": ["x", "y"]}]})",
      "zip");
  const AxisGroup group = load_axis_group(document.view());
  ASSERT_EQ(group.axes.size(), 2u);
  EXPECT_EQ(group.size(), 2u);
  EXPECT_EQ(group.axes[1].paths, (Texts{"/b", "/c"}));
}

}  // namespace
}  // namespace lacuna

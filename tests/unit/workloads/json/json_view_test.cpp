// SPDX-License-Identifier: Apache-2.0
#include "workloads/json/json_view.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "tests/support/error_of.hpp"

namespace lacuna {
namespace {

JsonDocument document() {
  return JsonDocument::parse(R"({"array": {"rows": 12, "gate_on": "activation", "fill": 0.5, "on": true},
                                 "layers": ["conv1", "conv2"], "big": 9223372036854775808})",
                             "chip.json");
}

TEST(JsonView, ReadsEveryTypeAtItsPlace) {
  const JsonDocument doc = document();
  const JsonView array = doc.view().at("array");
  EXPECT_EQ(array.at("rows").integer(1, 64), 12);
  EXPECT_EQ(array.at("rows").real(0, 64), 12.0);
  EXPECT_EQ(array.at("fill").real(0, 1), 0.5);
  EXPECT_TRUE(array.at("on").boolean());
  EXPECT_EQ(array.at("gate_on").text(), "activation");
  EXPECT_EQ(doc.view().at("layers").size(), 2U);
  EXPECT_EQ(doc.view().at("layers").item(1).text(), "conv2");
  EXPECT_EQ(doc.view().at("layers").item(1).pointer(), "/layers/1");
  EXPECT_EQ(doc.view().keys(), (std::vector<std::string>{"array", "big", "layers"}));
}

TEST(JsonView, RefusesAWrongTypeWithWhatWasFoundAndWhatIsAllowed) {
  const JsonDocument doc = document();
  const JsonView array = doc.view().at("array");
  EXPECT_EQ(error_of([&] { array.at("fill").integer(1, 64); }),
            "chip.json: /array/fill: wrong type, found 0.5; allowed an integer from 1 to 64");
  EXPECT_EQ(error_of([&] { array.at("gate_on").real(0, 1); }),
            "chip.json: /array/gate_on: wrong type, found \"activation\"; allowed a number from 0.0 to 1.0");
  EXPECT_EQ(error_of([&] { array.at("rows").text(); }), "chip.json: /array/rows: wrong type, found 12; allowed a text");
  EXPECT_EQ(error_of([&] { array.at("rows").boolean(); }),
            "chip.json: /array/rows: wrong type, found 12; allowed true or false");
  EXPECT_EQ(error_of([&] { array.size(); }), "chip.json: /array: wrong type, found an object; allowed an array");
  EXPECT_EQ(error_of([&] { doc.view().at("layers").keys(); }),
            "chip.json: /layers: wrong type, found an array; allowed an object");
}

TEST(JsonView, TakesBothEndsOfARangeAndNothingBeyond) {
  const JsonDocument doc = document();
  const JsonView rows = doc.view().at("array").at("rows");
  EXPECT_EQ(rows.integer(12, 12), 12);
  EXPECT_EQ(error_of([&] { rows.integer(13, 64); }),
            "chip.json: /array/rows: out of range, found 12; allowed an integer from 13 to 64");
  EXPECT_EQ(error_of([&] { rows.integer(1, 11); }),
            "chip.json: /array/rows: out of range, found 12; allowed an integer from 1 to 11");
  EXPECT_EQ(error_of([&] { rows.real(12.5, std::numeric_limits<double>::max()); }),
            "chip.json: /array/rows: out of range, found 12; allowed a number of at least 12.5");
  // 2^63 is one more than a 64-bit integer holds: it must not turn into a negative number.
  EXPECT_EQ(error_of([&] { doc.view().at("big").integer(0, std::numeric_limits<std::int64_t>::max()); }),
            "chip.json: /big: out of range, found 9223372036854775808; allowed an integer of at least 0");
}

TEST(JsonView, NamesTheNearestSpellingOfKeysAndChoices) {
  const JsonDocument doc = document();
  const JsonView array = doc.view().at("array");
  EXPECT_EQ(error_of([&] {
              array.allow_keys({"rows", "gate_no", "fill", "on"});
            }),
            "chip.json: /array/gate_on: unknown key, found 'gate_on'; allowed rows, gate_no, fill, on; did you mean "
            "'gate_no'?");
  EXPECT_EQ(error_of([&] {
              array.at("gate_on").text_of({"none", "activations"});
            }),
            "chip.json: /array/gate_on: unknown value, found \"activation\"; allowed none, activations; did you mean "
            "'activations'?");
  EXPECT_EQ(error_of([&] { array.at("columns"); }),
            "chip.json: /array: missing key 'columns', found fill, gate_on, on, rows");
  EXPECT_EQ(error_of([&] { doc.view().at("layers").item(2); }), "chip.json: /layers: missing item 2, found 2 items");
}

TEST(JsonView, EscapesKeysInPointers) {
  const JsonDocument doc = JsonDocument::parse(R"({"a/b": {"c~d": 1}})", "x.json");
  EXPECT_EQ(doc.view().at("a/b").at("c~d").pointer(), "/a~1b/c~0d");
}

TEST(Nearest, MeansAWordAtMostAThirdOfItsLettersAway) {
  EXPECT_EQ(nearest("rowz", {"columns", "rows"}), "rows");
  EXPECT_EQ(nearest("rwos", {"rows"}), "rows");              // one transposition of four letters
  EXPECT_EQ(nearest("eyris", {"eyeriss"}), "eyeriss");       // two insertions, 7 / 3 = 2 allowed
  EXPECT_EQ(nearest("eyis", {"eyeriss"}), "");               // three insertions
  EXPECT_EQ(nearest("b", {"a"}), "");                        // nothing in common
  EXPECT_EQ(nearest("conv6", {"conv1", "conv2"}), "conv1");  // the first of equals
  EXPECT_EQ(did_you_mean("xyz", {"rows"}), "");
}

}  // namespace
}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/support/error_of.hpp"
#include "workloads/json/json_view.hpp"

namespace lacuna {
namespace {

std::string syntax_error(const std::string& text) {
  return error_of([&] { JsonDocument::parse(text, "x.json"); });
}

TEST(StrictParse, RefusesADuplicateKeyWithLineAndColumn) {
  EXPECT_EQ(syntax_error("{\n  \"rows\": 12,\n  \"rows\": 14\n}"),
            "x.json: line 3, column 3: duplicate key, found 'rows' a second time");
  EXPECT_EQ(syntax_error(R"({"a\"": 1, "b": 2, "a\"": 3})"),  // the third key starts at the 20th character
            "x.json: line 1, column 20: duplicate key, found 'a\"' a second time");
  EXPECT_EQ(syntax_error(R"({"a": {"a": 1}, "b": [{"a": 1}, {"a": 2}]})"), "no error");
}

TEST(StrictParse, RefusesWhatIsNotJson) {
  EXPECT_EQ(
      syntax_error(""),
      "x.json: line 1, column 1: syntax error while parsing value - unexpected end of input; expected '[', '{', or a "
      "literal");
  for (const char* text : {"{\"a\": 1,}", "// note\n{}", "{} {}", "{\"a\": NaN}", "[1 2]", "{'a': 1}", "[01]", "nul"}) {
    EXPECT_EQ(syntax_error(text).find("x.json: line 1, column "), 0U) << text << ": " << syntax_error(text);
  }
  EXPECT_EQ(syntax_error("[1,\n 1e999]"), "x.json: line 2, column 7: number overflow parsing '1e999'");
}

TEST(StrictParse, RefusesNestingThatOnlyAMistakeOrAnAttackHas) {
  EXPECT_EQ(syntax_error(std::string(64, '[') + std::string(64, ']')), "no error");
  EXPECT_EQ(syntax_error(std::string(100000, '[')), "x.json: line 1, column 65: nested too deep; allowed 64 levels");
}

TEST(StrictParse, KeepsMessagesShort) {
  EXPECT_LT(syntax_error("{\"a\": \"" + std::string(1000000, 'x')).size(), 300U);
}

TEST(JsonDocument, NamesAMissingFile) {
  EXPECT_EQ(error_of([] { JsonDocument::load("no/such.json"); }), "no/such.json: no such file");
  EXPECT_EQ(error_of([] { JsonDocument::load("."); }), ".: is a folder; allowed a JSON file");
}

TEST(JsonDocument, RemembersWhereAnOverrideCameFrom) {
  JsonDocument doc = JsonDocument::parse(R"({"chip": {"array": {"rows": 12, "columns": 14}}})", "x.json");
  doc.set("/chip/array/rows", "three", "--set /chip/array/rows=three");
  const JsonView array = doc.view().at("chip").at("array");
  EXPECT_EQ(
      error_of([&] { array.at("rows").integer(1, 64); }),
      "--set /chip/array/rows=three: /chip/array/rows: wrong type, found \"three\"; allowed an integer from 1 to 64");
  EXPECT_EQ(array.at("columns").origin(), "x.json");
  doc.set("/chip/aray/rows", 3, "--set /chip/aray/rows=3");
  EXPECT_EQ(doc.origin("/chip/aray"), "--set /chip/aray/rows=3");  // made by the override, so named after it
  EXPECT_EQ(doc.origin("/chip/array"), "x.json");
  doc.set("/chip", nlohmann::json::object(), "y.json");
  EXPECT_EQ(doc.origin("/chip/array/rows"), "y.json");  // what stood below is gone, and so is its origin
}

TEST(JsonDocument, SetsItemsOfArraysAndMakesMissingObjects) {
  JsonDocument doc = JsonDocument::parse(R"({"layers": [{"U": 1}], "a/b": 0})", "x.json");
  const JsonDocument before = doc;
  doc.set("/layers/0/U", 2, "o");
  doc.set("/a~1b", 1, "o");
  doc.set("/new/place", true, "o");
  EXPECT_EQ(doc.json().dump(), R"({"a/b":1,"layers":[{"U":2}],"new":{"place":true}})");
  EXPECT_EQ(before.json().dump(), R"({"a/b":0,"layers":[{"U":1}]})");  // a copy keeps its value
}

TEST(JsonDocument, RefusesPointersThatLeadNowhere) {
  JsonDocument doc = JsonDocument::parse(R"({"layers": [1], "name": "x"})", "x.json");
  EXPECT_EQ(error_of([&] { doc.set("/layers/1", 0, "o"); }),
            "o: /layers/1: no item '1' in /layers, which has 1 items, counted from 0");
  EXPECT_EQ(error_of([&] { doc.set("/layers/-", 0, "o"); }),
            "o: /layers/-: no item '-' in /layers, which has 1 items, counted from 0");
  EXPECT_EQ(error_of([&] { doc.set("/name/x", 0, "o"); }),
            "o: /name/x: /name is a single value: nothing stands below it");
  EXPECT_EQ(error_of([&] { doc.set("name", 0, "o"); }), "o: a JSON Pointer starts with '/', found 'name'");
  EXPECT_EQ(error_of([&] { doc.set("/a~2", 0, "o"); }),
            "o: '~' in a JSON Pointer, found '/a~2'; allowed ~0 for '~' and ~1 for '/'");
  EXPECT_EQ(doc.json().dump(), R"({"layers":[1],"name":"x"})");  // a refused change changes nothing
}

TEST(JsonDocument, StandsAtItsPlaceInTheExperiment) {
  JsonDocument doc(nlohmann::json{{"rows", 12}}, "chip.json", "/chip");
  EXPECT_EQ(doc.view().at("rows").pointer(), "/chip/rows");
  doc.set("/chip/rows", 3, "o");
  EXPECT_EQ(doc.view().at("rows").integer(0, 9), 3);
  EXPECT_EQ(doc.view().at("rows").origin(), "o");
  EXPECT_EQ(error_of([&] { doc.set("/network", 0, "o"); }), "o: /network: is not below /chip");
}

}  // namespace
}  // namespace lacuna

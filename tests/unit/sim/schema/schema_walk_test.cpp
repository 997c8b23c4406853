// SPDX-License-Identifier: Apache-2.0
#include "sim/schema/schema_walk.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "hw/chip/config.hpp"
#include "sim/schema/field_schema.hpp"
#include "sim/schema/schemas.hpp"

namespace lacuna {
namespace {

using Json = nlohmann::json;

TEST(FieldSchema, StatesRangeChoicesUnitAndDefault) {
  MacConfig mac;
  mac.accumulator_bits = 24;
  const Schema schema = field_schema(mac, "a MAC");
  EXPECT_EQ(schema["description"], "a MAC");
  EXPECT_EQ(schema["additionalProperties"], false);
  const Schema expected = {{"description", "width of a psum"},
                           {"unit", "bit"},
                           {"type", "integer"},
                           {"minimum", 2},
                           {"maximum", 32},
                           {"default", 24}};
  EXPECT_EQ(schema["properties"]["accumulator_bits"], expected);
  EXPECT_EQ(schema["properties"]["overflow"]["enum"], Schema({"wrap", "saturate"}));
  EXPECT_FALSE(schema.contains("required"));
}

TEST(FieldSchema, RequiresWhatHasNoDefaultAndMarksWhatIsForPeople) {
  const Schema chip = schema_of("chip");
  EXPECT_EQ(chip["required"], Schema({"name", "description", "source", "array"}));
  EXPECT_FALSE(chip["properties"]["name"].contains("default"));
  EXPECT_TRUE(chip["properties"]["name"]["descriptive"]);
  EXPECT_FALSE(chip["properties"]["energy"].contains("descriptive"));
}

TEST(FieldSchema, HasOneFormForEveryRegisteredArray) {
  std::set<std::string> kinds;
  const Schema chip = schema_of("chip");
  for (const Schema& form : chip["properties"]["array"]["oneOf"]) {
    kinds.insert(form["properties"]["kind"]["const"].get<std::string>());
    EXPECT_FALSE(form["properties"].empty());
  }
  const auto names = Registry<ArrayKind>::instance().names();
  EXPECT_EQ(kinds, std::set<std::string>(names.begin(), names.end()));
}

TEST(SchemaWalk, WithoutAValueMeetsEveryForm) {
  const Schema schema = schema_of("chip");
  const auto names = Registry<ArrayKind>::instance().names();
  const auto places = places_at(schema, nullptr, "/array/kind");
  ASSERT_EQ(places.size(), names.size());
  EXPECT_EQ(places[0].when, names[0]);
  EXPECT_EQ(places[0].pattern, "/array(" + names[0] + ")/kind");
}

TEST(SchemaWalk, WithAValueMeetsItsFormAlone) {
  const Schema schema = schema_of("chip");
  const Json chip = {{"array", {{"kind", "systolic"}}}};
  const auto places = places_at(schema, &chip, "/array/dataflow");
  ASSERT_EQ(places.size(), 1U);
  EXPECT_EQ(places[0].when, "");
  EXPECT_EQ(places[0].pattern, "/array(systolic)/dataflow");
}

TEST(SchemaWalk, FormWithoutAConstantIsToldByTheKeysThatItMustHave) {
  const Schema schema = schema_of("precision");
  const Json range = {{"activation_integer_bits", 9}};
  const Json all = {{"weight_integer_bits", 1}, {"psum_integer_bits", 9}, {"activation_integer_bits", 9}};
  const Json precision = {{"ranges", {{"tiny", {{"input", range}, {"conv1", all}}}}}};
  const SchemaPlace input = places_at(schema, &precision, "/ranges/tiny/input").at(0);
  const SchemaPlace conv = places_at(schema, &precision, "/ranges/tiny/conv1").at(0);
  EXPECT_EQ(members_of(input, &range).size(), 1U);
  EXPECT_EQ(members_of(conv, &all).size(), 3U);
}

TEST(SchemaWalk, LeavesBelowAnItemOfAListHaveItsIndex) {
  const Schema schema = schema_of("network");
  const Json network = {{"layers", {{{"name", "a"}, {"kind", "relu"}}, {{"name", "b"}, {"kind", "fc"}, {"M", 3}}}}};
  const SchemaPlace layers = places_at(schema, &network, "/layers").at(0);
  std::vector<std::string> pointers;
  std::set<std::string> patterns;
  for (const SchemaPlace& leaf : leaves_below(layers, &network["layers"])) {
    pointers.push_back(leaf.pointer);
    patterns.insert(leaf.pattern);
  }
  EXPECT_EQ(pointers, std::vector<std::string>({"/layers/0/name", "/layers/0/kind", "/layers/0/input", "/layers/1/name",
                                                "/layers/1/kind", "/layers/1/input", "/layers/1/M"}));
  EXPECT_EQ(patterns.count("/layers/*(fc)/M"), 1U);
}

TEST(SchemaWalk, SaysWhatIsAllowedInTheWordsOfTheLoaders) {
  EXPECT_EQ(allowed_text({{"type", "integer"}, {"minimum", 1}, {"maximum", 8}}), "an integer from 1 to 8");
  EXPECT_EQ(allowed_text({{"type", "number"}, {"minimum", 0.0}}), "a number of at least 0.0");
  EXPECT_EQ(allowed_text({{"type", "integer"}, {"maximum", 8}}), "an integer of at most 8");
  EXPECT_EQ(allowed_text({{"type", "integer"}}), "an integer");
  EXPECT_EQ(allowed_text({{"type", "boolean"}}), "true or false");
  EXPECT_EQ(allowed_text({{"enum", {"wrap", "saturate"}}}), "wrap, saturate");
  EXPECT_EQ(allowed_text({{"type", "array"}, {"items", {{"type", "string"}}}}), "a list, each item a text");
  EXPECT_EQ(allowed_text(Schema{{"oneOf", {{{"const", "default"}}, {{"type", "object"}}, {{"type", "object"}}}}}),
            "default, an object");
}

TEST(SchemaWalk, AValueMayBeMeantForAFormUnlessItsTypeCannotBe) {
  const Schema integer = {{"type", "integer"}, {"maximum", 8}};
  EXPECT_TRUE(may_hold(integer, 12)) << "ranges are for the loader";
  EXPECT_FALSE(may_hold(integer, 12.5));
  EXPECT_FALSE(may_hold(integer, 12.0)) << "as the loaders have it";
  EXPECT_FALSE(may_hold(integer, "12"));
  EXPECT_TRUE(may_hold({{"type", "number"}}, 12));
  EXPECT_FALSE(may_hold({{"type", "number"}}, nullptr));
  EXPECT_TRUE(may_hold(Schema{{"type", {"number", "null"}}}, nullptr));
  EXPECT_FALSE(may_hold({{"type", "string"}}, 12));
  EXPECT_FALSE(may_hold({{"type", "boolean"}}, 1));
  EXPECT_TRUE(may_hold({{"enum", {"wrap", "saturate"}}}, "wrpa")) << "so are choices";
  EXPECT_FALSE(may_hold({{"enum", {"wrap", "saturate"}}}, 1));
  EXPECT_TRUE(may_hold({{"type", "object"}}, "eyeriss")) << "a name of the object";
  EXPECT_TRUE(may_hold(Schema{{"oneOf", {{{"type", "string"}}, {{"type", "integer"}}}}}, 3));
  EXPECT_FALSE(may_hold(Schema{{"oneOf", {{{"type", "string"}}, {{"type", "integer"}}}}}, 3.5));
}

}  // namespace
}  // namespace lacuna

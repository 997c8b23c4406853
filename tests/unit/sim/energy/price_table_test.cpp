// SPDX-License-Identifier: Apache-2.0
#include "sim/energy/price_table.hpp"

#include <gtest/gtest.h>

#include "tests/support/error_of.hpp"

namespace lacuna {
namespace {

constexpr char kHead[] = R"("name": "t", "description": "d", "source": "s", "node_nm": 45)";

PriceTable load(const std::string& text) {
  const JsonDocument document = JsonDocument::parse(text, "t.json");
  return load_price_table(document.view());
}

/// A table with one price model.
std::string with_model(const std::string& model) { return std::string("{") + kHead + ", \"prices\": [" + model + "]}"; }

std::string with_term(const std::string& term) {
  return with_model(R"({"class": "mac", "actions": ["op"], "source": "s", "terms": [)" + term + "]}");
}

TEST(PriceTable, KeepsWhatTheFileSays) {
  const PriceTable table = load(std::string("{") + kHead + R"json(,
    "static": {"value_mw": 10, "low_mw": 9, "high_mw": 12, "source": "s", "fitted": true,
               "valid_for": {"mac": {"instances": [1, 2]}}},
    "prices": [{"class": "sram", "units": ["buffer"], "actions": ["read"], "fitted": true, "source": "Table 1",
                "terms": [{"value_pj": 2, "low_pj": 1, "high_pj": 3, "per": ["word_bits", "sqrt(words)"]}],
                "valid_for": {"words": [16, 64]}}],
    "fit": [{"what": "w", "unit": "pJ", "published": 2, "model": 2.5},
            {"what": "c", "unit": "pJ", "published": 50,
             "component": {"class": "sram", "unit": "buffer", "action": "read", "words": 25, "word_bits": 4}}],
    "notes": ["n"]})json");
  EXPECT_EQ(table.static_power->mw.high, 12.0);
  EXPECT_EQ(table.static_power->valid_for.at("mac").at("instances").high, 2);
  const PriceModel& model = table.prices.at(0);
  EXPECT_EQ(table.scaled_to_nm, 45);
  EXPECT_EQ(model.units, std::vector<std::string>{"buffer"});
  EXPECT_TRUE(model.fitted);
  EXPECT_FALSE(model.derived);
  EXPECT_EQ(model.terms.at(0).factors.at(1).attribute, "words");
  EXPECT_TRUE(model.terms.at(0).factors.at(1).square_root);
  EXPECT_EQ(model.valid_for.at("words").low, 16);
  EXPECT_EQ(table.fit.at(0).error_percent(), 25.0);  // 2.5 / 2 - 1
  EXPECT_EQ(table.fit.at(1).model, 40.0);            // 2 x 4 x sqrt(25), worked out by the table itself
}

struct Malformed {
  std::string text;
  std::string message;
};

TEST(PriceTable, RefusesMalformedFilesWithPlaceAndReason) {
  const std::vector<Malformed> cases = {
      {with_term(R"({"value_pj": -1, "low_pj": 0, "high_pj": 1})"),
       "t.json: /prices/0/terms/0/value_pj: out of range, found -1; allowed a number of at least 0.0"},
      {with_term(R"({"value_pj": 1, "low_pj": -0.5, "high_pj": 1})"),
       "t.json: /prices/0/terms/0/low_pj: out of range, found -0.5; allowed a number from 0.0 to 1.0"},
      {with_term(R"({"value_pj": 1, "low_pj": 2, "high_pj": 3})"),
       "t.json: /prices/0/terms/0/low_pj: out of range, found 2; allowed a number from 0.0 to 1.0"},
      {with_term(R"({"value_pj": 1, "low_pj": 0, "high_pj": 0.5})"),
       "t.json: /prices/0/terms/0/high_pj: out of range, found 0.5; allowed a number of at least 1.0"},
      {with_term(R"({"value_pj": 1, "low_pj": 0})"),
       "t.json: /prices/0/terms/0: missing key 'high_pj', found low_pj, value_pj"},
      {with_term(R"json({"value_pj": 1, "low_pj": 0, "high_pj": 2, "per": ["log(words)"]})json"),
       "t.json: /prices/0/terms/0/per/0: unknown factor, found \"log(words)\"; allowed an attribute or "
       "sqrt(attribute)"},
      {with_term(""), "t.json: /prices/0/terms: found an empty list; allowed one term or more"},
      {with_model(R"({"class": "mac", "actions": [], "covered": "r"})"),
       "t.json: /prices/0/actions: found an empty list; allowed one name or more"},
      {with_model(R"({"class": "mac", "actions": ["op"], "covered": ""})"),
       "t.json: /prices/0/covered: found \"\"; allowed a text that says something"},
      {with_model(R"({"class": "mac", "actions": ["op"], "terms": [{"value_pj": 1, "low_pj": 1, "high_pj": 1}]})"),
       "t.json: /prices/0: missing key 'source', found actions, class, terms"},
      {with_model(R"({"class": "mac", "action": ["op"], "covered": "r"})"),
       "t.json: /prices/0/action: unknown key, found 'action'; allowed class, units, actions, variant, largest_macro, "
       "covered, "
       "valid_for; did you mean 'actions'?"},
      {with_model(R"({"class": "mac", "actions": ["op"], "covered": "r", "valid_for": {"words": [3, 2]}})"),
       "t.json: /prices/0/valid_for/words/1: out of range, found 2; allowed an integer of at least 3"},
      {with_model(R"({"class": "mac", "actions": ["op"], "covered": "r", "valid_for": {"words": [3]}})"),
       "t.json: /prices/0/valid_for/words: found 1 items; allowed [low, high]"},
      {with_model(
           R"({"class": "mac", "actions": ["op"], "covered": "r"}, {"class": "mac", "actions": ["op"], "covered": "r"})"),
       "t.json: /prices/1: a second model for action 'op' of class 'mac'; allowed one"},
      {std::string("{") + kHead + R"(, "prices": [], "leak": 1})",
       "t.json: /leak: unknown key, found 'leak'; allowed name, description, source, node_nm, scale_to_nm, static, "
       "prices, leakage, clock, area, variants, fit, notes"},
      {std::string("{") + kHead +
           R"(, "prices": [], "leakage": [{"class": "mac", "actions": ["op"], "covered": "r"}]})",
       "t.json: /leakage/0/actions: unknown key, found 'actions'; allowed class, units, covered, valid_for"},
      {std::string("{") + kHead +
           R"(, "prices": [], "area": [{"class": "mac", "covered": "r"}, {"class": "mac", "covered": "r"}]})",
       "t.json: /area/1: a second model for area of class 'mac'; allowed one"},
      {std::string("{") + kHead + R"(, "prices": [], "scale_to_nm": 5})",
       "t.json: /scale_to_nm: out of range, found 5; allowed an integer from 7 to 130"},
      {std::string("{") + kHead + R"(, "prices": [], "scale_to_nm": 28, "static": {"value_mw": 5, "low_mw": 5,
         "high_mw": 5, "source": "s", "fitted": true}})",
       "t.json: /scale_to_nm: found 28; allowed 45: the table's numbers are fitted to one chip and scale to no other "
       "node"},
      {std::string("{") + kHead + R"(, "prices": [], "fit": [{"what": "w", "unit": "pJ", "published": 1,
         "component": {"class": "sram", "action": "read"}}]})",
       "t.json: /fit/0/component: the table has no model for 'read' of class 'sram'"},
      {std::string("{") + kHead +
           R"(, "prices": [], "static": {"value_mw": 5, "low_mw": 6, "high_mw": 7, "source": "s"}})",
       "t.json: /static/low_mw: out of range, found 6; allowed a number from 0.0 to 5.0"},
      {R"({"name": "t", "description": "d", "source": "s", "node_nm": 0, "prices": []})",
       "t.json: /node_nm: out of range, found 0; allowed an integer from 1 to 1000"},
      {std::string("{") + kHead + "}", "t.json: missing key 'prices', found description, name, node_nm, source"},
  };
  for (const Malformed& c : cases) EXPECT_EQ(error_of([&] { load(c.text); }), c.message) << c.text;
}

}  // namespace
}  // namespace lacuna

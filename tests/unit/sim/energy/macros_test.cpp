// SPDX-License-Identifier: Apache-2.0
#include "sim/energy/macros.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "sim/energy/prices.hpp"
#include "tests/support/error_of.hpp"

namespace lacuna {
namespace {

PriceTable table_of(const std::string& macro) {
  const JsonDocument document = JsonDocument::parse(
      R"json({"name": "t", "description": "d", "source": "s", "node_nm": 45,
    "prices": [{"class": "sram", "actions": ["read"], "source": "s", "largest_macro": )json" +
          macro + R"json(, "valid_for": {"words": [64, 1024], "word_bits": [8, 32]},
      "terms": [{"value_pj": 2, "low_pj": 1, "high_pj": 4, "per": ["word_bits"]},
                {"value_pj": 0.001, "low_pj": 0, "high_pj": 1, "per": ["words"]},
                {"value_pj": 0.5, "low_pj": 0, "high_pj": 1, "per": ["word_bits", "sqrt(further_macros)"]}]}]})json",
      "t.json");
  return load_price_table(document.view());
}

const char* const kMacro = R"({"bits": 32768, "word_bits": 32})";

UnitAttributes memory(std::int64_t words, std::int64_t bits) {
  return {"buffer", "sram", {{"words", words}, {"word_bits", bits}}};
}

Prices prices_of(const UnitAttributes& unit) {
  return resolve_prices(table_of(kMacro), {unit}, {"buffer.read"}, false);
}

double read_pj(const UnitAttributes& unit) { return prices_of(unit).events.at("buffer.read").estimate.value; }

TEST(Macros, AMemoryOfOneMacroIsPricedAsItIs) {
  EXPECT_DOUBLE_EQ(read_pj(memory(1000, 32)), 65.0);  // 2 x 32 + 1000 / 1000, no further macro
  EXPECT_TRUE(prices_of(memory(1024, 32)).notes.empty());
}

TEST(Macros, AReadOfADeepMemoryMeetsOneMacroAndTheWiresToIt) {
  EXPECT_DOUBLE_EQ(read_pj(memory(5 * 1024, 32)), 64.0 + 1.024 + 0.5 * 32 * 2);  // sqrt(4 further)
  EXPECT_EQ(prices_of(memory(5 * 1024, 32)).notes,
            std::vector<std::string>{"buffer: 5120 words of 32 bits, priced as 5 macros of 1024 words of 32 bits"});
}

TEST(Macros, ARowOfAWideMemoryIsReadFromAllMacrosSideBySide) {
  EXPECT_DOUBLE_EQ(read_pj(memory(1000, 128)), 4 * 65.0);
  EXPECT_DOUBLE_EQ(read_pj(memory(2048, 128)), 4 * (64.0 + 1.024 + 0.5 * 32));
  EXPECT_EQ(prices_of(memory(2048, 128)).notes,
            std::vector<std::string>{"buffer: 2048 words of 128 bits, priced as 8 macros of 1024 words of 32 bits"});
}

TEST(Macros, MoreWordsAndWiderWordsNeverCostLess) {
  for (const std::int64_t words : {64, 1023, 1024, 1025, 2047, 2048, 2049, 5000}) {
    for (const std::int64_t bits : {32, 33, 63, 64, 65, 200}) {
      EXPECT_LE(read_pj(memory(words, bits)), read_pj(memory(words + 1, bits))) << words << " x " << bits;
      EXPECT_LE(read_pj(memory(words, bits)), read_pj(memory(words, bits + 1))) << words << " x " << bits;
    }
  }
}

TEST(Macros, AreOfAllBitsWhateverTheWidthOfARow) {
  PriceModel model;
  model.largest_macro = LargestMacro{1000, 10};
  const Macros narrow = split_into_macros(model, memory(501, 4));
  EXPECT_EQ(narrow.count, 3);
  EXPECT_EQ(narrow.macro.attributes.at("words"), 250);
  EXPECT_EQ(narrow.macro.attributes.at("further_macros"), 2);
  EXPECT_EQ(split_into_macros(PriceModel(), memory(1 << 20, 8)).count, 1);
}

TEST(Macros, AUnitWithoutWordsIsOnePiece) {
  PriceModel model;
  model.largest_macro = LargestMacro{8, 2};
  const UnitAttributes unit{"mac", "mac", {{"operand_bits", 16}, {"word_bits", 9}}};
  EXPECT_EQ(split_into_macros(model, unit).count, 1);
  EXPECT_EQ(split_into_macros(model, unit).macro.attributes.at("word_bits"), 9);
}

TEST(Macros, TooSmallAMemoryIsOutsideTheRangeAllTheSame) {
  EXPECT_EQ(
      error_of([] { prices_of(memory(32, 32)); }),
      "t.json: price table 't': event 'buffer.read': buffer words = 32 is outside 64 to 1024; allowed inside that "
      "range, with another table (--energy), or anywhere with --extrapolate");
}

TEST(Macros, OfUnknownOrNoSizesAreRefused) {
  const std::string place = "t.json: /prices/0/largest_macro";
  EXPECT_EQ(error_of([] { table_of("{}"); }), place + ": missing key 'word_bits', found none");
  EXPECT_EQ(error_of([] { table_of(R"({"rows": 3})"); }),
            place + "/rows: unknown key, found 'rows'; allowed bits, word_bits");
  EXPECT_EQ(error_of([] { table_of(R"({"bits": 3, "word_bits": 4})"); }).rfind(place + "/bits: ", 0), 0U);
}

}  // namespace
}  // namespace lacuna

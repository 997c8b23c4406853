// SPDX-License-Identifier: Apache-2.0
#include "sim/energy/prices.hpp"

#include <gtest/gtest.h>

#include "sim/energy/account.hpp"
#include "tests/support/error_of.hpp"

namespace lacuna {
namespace {

PriceTable table_of(const std::string& prices, const std::string& more = "") {
  const JsonDocument document = JsonDocument::parse(
      R"({"name": "t", "description": "d", "source": "s", "node_nm": 45, "prices": [)" + prices + "]" + more + "}",
      "t.json");
  return load_price_table(document.view());
}

const char* const kMac = R"({"class": "mac", "actions": ["op"], "source": "s", "valid_for": {"operand_bits": [8, 16]},
  "terms": [{"value_pj": 0.5, "low_pj": 0.25, "high_pj": 1, "per": ["operand_bits"]},
            {"value_pj": 2, "low_pj": 1, "high_pj": 2}]})";

UnitAttributes mac(std::int64_t bits) { return {"mac", "mac", {{"operand_bits", bits}}}; }

TEST(Prices, AreTheSumOfTheirTermsWithTheUnitsAttributes) {
  const Figure price = resolve_prices(table_of(kMac), {mac(8)}, {"mac.op"}, false).events.at("mac.op");
  EXPECT_EQ(price.estimate.value, 6.0);  // 0.5 x 8 + 2
  EXPECT_EQ(price.estimate.low, 3.0);    // 0.25 x 8 + 1
  EXPECT_EQ(price.estimate.high, 10.0);  // 1 x 8 + 2
}

TEST(Prices, TakeTheSquareRootOfAnAttribute) {
  const PriceTable table = table_of(R"json({"class": "sram", "actions": ["read"], "source": "s",
    "terms": [{"value_pj": 0.5, "low_pj": 0, "high_pj": 1, "per": ["word_bits", "sqrt(words)"]}]})json");
  const UnitAttributes unit{"buffer", "sram", {{"words", 256}, {"word_bits", 4}}};
  // 0.5 x 4 x sqrt(256) = 0.5 x 4 x 16
  EXPECT_EQ(resolve_prices(table, {unit}, {"buffer.read"}, false).events.at("buffer.read").estimate.value, 32.0);
}

TEST(Prices, OfAUnitByNameWinOverThoseOfItsClass) {
  const PriceTable table = table_of(
      R"({"class": "noc", "units": ["link"], "actions": ["word"], "covered": "by the bus"},
         {"class": "noc", "actions": ["word"], "source": "s", "terms": [{"value_pj": 3, "low_pj": 3, "high_pj": 3}]})");
  const std::vector<UnitAttributes> units = {{"link", "noc", {}}, {"bus", "noc", {}}};
  const Prices prices = resolve_prices(table, units, {"link.word", "bus.word"}, false);
  EXPECT_EQ(prices.events.at("bus.word").estimate.value, 3.0);
  EXPECT_EQ(prices.events.at("link.word").estimate.value, 0.0);
  EXPECT_EQ(prices.events.at("link.word").covered, "by the bus");
}

TEST(Prices, OutsideTheirRangeAreRefusedUnlessExtrapolatedAndThenMarked) {
  EXPECT_EQ(error_of([] { resolve_prices(table_of(kMac), {mac(4)}, {"mac.op"}, false); }),
            "t.json: price table 't': event 'mac.op': mac operand_bits = 4 is outside 8 to 16; allowed inside that "
            "range, with another table (--energy), or anywhere with --extrapolate");
  const Prices marked = resolve_prices(table_of(kMac), {mac(4)}, {"mac.op"}, true);
  EXPECT_TRUE(marked.extrapolated());
  EXPECT_EQ(marked.events.at("mac.op").extrapolated, "mac operand_bits = 4 is outside 8 to 16");
  EXPECT_EQ(marked.events.at("mac.op").estimate.value, 4.0);  // 0.5 x 4 + 2
  EXPECT_FALSE(resolve_prices(table_of(kMac), {mac(8)}, {"mac.op"}, true).extrapolated());
  EXPECT_FALSE(resolve_prices(table_of(kMac), {mac(16)}, {"mac.op"}, true).extrapolated());
  EXPECT_TRUE(resolve_prices(table_of(kMac), {mac(17)}, {"mac.op"}, true).extrapolated());
}

TEST(Prices, AnEventWithoutAPriceIsRefusedWithTableEventAndAttributes) {
  EXPECT_EQ(error_of([] { resolve_prices(table_of(kMac), {mac(8)}, {"mac.gated"}, false); }),
            "t.json: price table 't': no price for event 'mac.gated' of unit mac (class mac: operand_bits 8); priced "
            "actions of that unit: op");
  EXPECT_EQ(error_of([] {
              resolve_prices(table_of(""), {{"codec", "codec", {}}}, {"codec.decode"}, false);
            }),
            "t.json: price table 't': no price for event 'codec.decode' of unit codec (class codec: no attributes); "
            "priced actions of that unit: none");
  EXPECT_EQ(error_of([] { resolve_prices(table_of(kMac), {mac(8)}, {"adder.add"}, false); }),
            "t.json: price table 't': event 'adder.add': the chip describes no unit 'adder'");
}

TEST(Prices, AnAttributeThatTheUnitDoesNotStateIsAnErrorNotAGuess) {
  EXPECT_EQ(
      error_of([] {
        resolve_prices(table_of(kMac), {{"mac", "mac", {{"ports", 1}}}}, {"mac.op"}, true);
      }),
      "t.json: price table 't': the price of event 'mac.op' needs attribute 'operand_bits', which unit mac (class "
      "mac: ports 1) does not state");
  const PriceTable table =
      table_of(R"({"class": "mac", "actions": ["op"], "covered": "r", "valid_for": {"nm": [1, 2]}})");
  EXPECT_EQ(error_of([&] { resolve_prices(table, {mac(8)}, {"mac.op"}, true); }),
            "t.json: price table 't': the price of event 'mac.op' is bound to attribute 'nm', which unit mac (class "
            "mac: operand_bits 8) does not state");
}

const char* const kStatic = R"(, "static": {"value_mw": 10, "low_mw": 8, "high_mw": 12, "source": "s",
  "valid_for": {"mac": {"operand_bits": [8, 8]}}})";

TEST(StaticPower, HoldsForItsOwnChipOnly) {
  EXPECT_EQ(
      error_of([] { resolve_prices(table_of(kMac, kStatic), {mac(16)}, {"mac.op"}, false); }),
      "t.json: price table 't': static power: mac operand_bits = 16 is outside 8 to 8; allowed inside that range, "
      "with another table (--energy), or anywhere with --extrapolate");
  EXPECT_TRUE(resolve_prices(table_of(kMac, kStatic), {mac(16)}, {"mac.op"}, true).extrapolated());
}

const char* const kWholeUnits = R"(,
  "leakage": [{"class": "mac", "terms": [{"value_mw": 0.5, "low_mw": 0, "high_mw": 1, "per": ["operand_bits"]}],
               "source": "s"}],
  "clock": [{"class": "mac", "terms": [{"value_pj": 2, "low_pj": 1, "high_pj": 4}], "source": "s"}],
  "area": [{"class": "mac", "terms": [{"value_um2": 1000, "low_um2": 500, "high_um2": 2000}], "source": "s"}])";

UnitAttributes macs(std::int64_t instances) {
  return {"mac", "mac", {{"operand_bits", 8}, {"instances", instances}}, {}, true};
}

TEST(WholeUnits, LeakByTimeAndAreClockedByCycleForEveryInstance) {
  const Prices prices = resolve_prices(table_of(kMac, kWholeUnits), {macs(10)}, {"mac.op"}, false);
  const Energy energy = account({}, prices, {3.0, 100, 1.0});
  EXPECT_EQ(energy.by_component_pj.at("leakage"), 120e6);  // 10 x 0.5 mW x 8 bits x 3 ms = 120 uJ
  EXPECT_EQ(energy.by_component_pj.at("clock"), 2000.0);   // 10 x 2 pJ x 100 cycles
  EXPECT_EQ(energy.chip_pj.low, 1000.0);                   // no leakage, 10 x 1 pJ x 100 cycles
}

TEST(WholeUnits, OfAPeThatTheMappingLeavesOutLeakButAreNotClocked) {
  const Prices prices = resolve_prices(table_of(kMac, kWholeUnits), {macs(10)}, {"mac.op"}, false);
  const Energy energy = account({}, prices, {3.0, 100, 0.3});
  EXPECT_EQ(energy.by_component_pj.at("leakage"), 120e6);
  EXPECT_EQ(energy.by_component_pj.at("clock"), 600.0);  // 3 of 10 PEs
}

TEST(WholeUnits, TakeAreaAndAUnitOfTwoWidthsIsAsWideAsTheWidest) {
  const Prices narrow = resolve_prices(table_of(kMac, kWholeUnits), {macs(10)}, {"mac.op"}, false);
  const Prices wide = resolve_prices(table_of(kMac, kWholeUnits), {macs(12)}, {"mac.op"}, false);
  EXPECT_EQ(chip_area_mm2({narrow}).at("mac").value, 0.01);  // 10 x 1000 um2
  EXPECT_EQ(chip_area_mm2({narrow, wide, narrow}).at("mac").value, 0.012);
  EXPECT_EQ(chip_area_mm2({wide}).at("mac").high, 0.024);
  EXPECT_TRUE(chip_area_mm2({resolve_prices(table_of(kMac), {macs(1)}, {"mac.op"}, false)}).empty());
}

TEST(WholeUnits, WithoutAModelInATableThatHasModelsAreRefused) {
  EXPECT_EQ(error_of([] {
              resolve_prices(table_of(kMac, kWholeUnits), {mac(8), {"bus", "noc", {}}}, {"mac.op"}, false);
            }),
            "t.json: price table 't': no leakage for unit bus (class noc: no attributes)");
}

TEST(Variants, OfAClassAreChosenByTheTable) {
  const auto table = [](const std::string& chosen) {
    return table_of(
        R"({"class": "dram", "variant": "near", "actions": ["read_bit"], "source": "s",
            "terms": [{"value_pj": 4, "low_pj": 4, "high_pj": 4}]},
           {"class": "dram", "variant": "far", "actions": ["read_bit"], "source": "s",
            "terms": [{"value_pj": 70, "low_pj": 70, "high_pj": 70}]})",
        chosen);
  };
  const auto pj = [&](const std::string& chosen) {
    return resolve_prices(table(chosen), {{"dram", "dram", {}}}, {"dram.read_bit"}, false)
        .events.at("dram.read_bit")
        .estimate.value;
  };
  EXPECT_EQ(pj(R"(, "variants": {"dram": "near"})"), 4.0);
  EXPECT_EQ(pj(R"(, "variants": {"dram": "far"})"), 70.0);
  EXPECT_EQ(error_of([&] { table(R"(, "variants": {"dram": "fat"})"); }),
            "t.json: /variants/dram: unknown variant of class 'dram', found \"fat\"; allowed far, near");
  EXPECT_EQ(error_of([&] { table(R"(, "variants": {})"); }),
            "t.json: /variants: lacks the variant of class 'dram' that is meant");
  EXPECT_EQ(error_of([&] { table(""); }), "t.json: /prices/0: has a variant, but the table chooses none");
}

TEST(Component, IsTheUnitForStorageAndTheClassForTheRest) {
  EXPECT_EQ(component_of({"filter_spad", "sram", {}}), "filter_spad");
  EXPECT_EQ(component_of({"psum_spad", "register_file", {}}), "psum_spad");
  EXPECT_EQ(component_of({"ifmap_bus", "noc", {}}), "noc");
  EXPECT_EQ(component_of({"gon_fifo", "fifo", {}}), "noc");
  EXPECT_EQ(component_of({"post", "post_processing", {}}), "post_processing");
}

TEST(Account, IsCountsTimesPricesPlusStaticPowerTimesTime) {
  const PriceTable table = table_of(std::string(kMac) + R"(,
    {"class": "dram", "actions": ["read_bit"], "source": "s", "terms": [{"value_pj": 8, "low_pj": 8, "high_pj": 8}]},
    {"class": "mac", "actions": ["gated"], "covered": "r"})",
                                    kStatic);
  const Prices prices =
      resolve_prices(table, {mac(8), {"dram", "dram", {}}}, {"mac.op", "mac.gated", "dram.read_bit"}, false);
  const Energy energy = account({{"mac.op", 1000000}, {"mac.gated", 7}, {"dram.read_bit", 500}}, prices, {2.0, 0, 1.0});
  EXPECT_EQ(energy.by_component_pj.at("mac"), 6e6);      // 1,000,000 x 6 pJ + 7 x 0
  EXPECT_EQ(energy.by_component_pj.at("static"), 20e6);  // 10 mW x 2 ms = 20 uJ
  EXPECT_EQ(energy.chip_pj.value, 26e6);
  EXPECT_EQ(energy.dram_pj.value, 4000.0);  // 500 x 8 pJ, beside the chip
  EXPECT_EQ(energy.total_pj.value, 26004000.0);
  EXPECT_EQ(energy.chip_pj.low, 19e6);    // 1,000,000 x 3 pJ + 8 mW x 2 ms
  EXPECT_EQ(energy.chip_pj.high, 34e6);   // 1,000,000 x 10 pJ + 12 mW x 2 ms
  EXPECT_EQ(energy.power_chip_mw, 13.0);  // 26 uJ / 2 ms
}

TEST(Account, HasNoStaticEnergyWhereTheTableStatesNone) {
  const Prices prices = resolve_prices(table_of(kMac), {mac(8)}, {"mac.op"}, false);
  EXPECT_EQ(account({}, prices, {5.0, 0, 1.0}).by_component_pj.count("static"), 0U);
}

TEST(Account, RefusesAnEventThatWasNeverAnnounced) {
  const Prices prices = resolve_prices(table_of(kMac), {mac(8)}, {"mac.op"}, false);
  EXPECT_EQ(error_of([&] {
              account({{"mac.skipped", 3}}, prices, {1.0, 0, 1.0});
            }),
            "price table 't': event 'mac.skipped' was counted 3 times but is not among the events that the chip "
            "announced");
}

}  // namespace
}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include "sim/energy/accelergy_import.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "sim/energy/prices.hpp"
#include "tests/support/error_of.hpp"

namespace lacuna {
namespace {

using Json = nlohmann::json;

AccelergyComponent component(const std::string& name, double um2, std::map<std::string, AccelergyAction> actions) {
  return {name, std::move(actions), um2};
}

AccelergyTable tables() {
  return {"ERT.yaml",
          {component("c.glb", 100.0,
                     {{"read", {{64.0, 32.0, 128.0}, "average of 3 rows"}}, {"leak", {{3.0, 3.0, 3.0}, ""}}}),
           component("c.wglb", 20.0, {{"read", {{16.0, 16.0, 16.0}, ""}}}),
           component("c.PE[0..3].mac", 5.0, {{"compute", {{2.0, 2.0, 2.0}, ""}}})}};
}

PricedChip chip() {
  return {"toy",
          {{"mac", "mac", {{"operand_bits", 16}, {"instances", 4}}},
           {"buffer", "sram", {{"words", 512}, {"word_bits", 64}}, {{"read", {{"access_bits", 16}}}}},
           {"dram", "dram", {{"word_bits", 64}}}},
          {"mac.op", "buffer.read", "dram.read_bit"}};
}

const char* const kMac = R"("mac": {"class": "mac", "component": "c.PE.mac", "actions": {"op": "compute"}})";
const char* const kDram =
    R"("dram": {"class": "dram", "component": "c.glb", "actions": {"read_bit": "read"}, "per_bits": 64})";

std::string buffer(const std::string& more) {
  return R"("buffer": {"class": "sram", "component": "c.glb", "actions": {"read": "read"})" + more + "}";
}

struct With {
  bool areas = false;
  bool on_chip = false;
  std::string more{};  ///< keys of the map after its units
};

Json imported(const std::string& units, const With& with = {}) {
  const JsonDocument map = JsonDocument::parse(
      R"({"name": "t", "description": "d", "node_nm": 45, "units": {)" + units + "}" + with.more + "}", "map.json");
  const AccelergyTable areas = tables();
  const PricedChip toy = chip();
  return Json::parse(
      import_accelergy(map.view(), {tables(), with.areas ? &areas : nullptr, with.on_chip ? &toy : nullptr}));
}

std::string refusal(const std::string& units, const With& with = {}) {
  return error_of([&] { imported(units, with); });
}

TEST(AccelergyImport, APriceIsTheEnergyOfItsActionAndSaysWhereItIsFrom) {
  const Json table = imported(kMac);
  const Json& price = table["prices"][0];
  EXPECT_EQ(price["terms"], Json::parse(R"([{"value_pj": 2, "low_pj": 2, "high_pj": 2}])"));
  EXPECT_EQ(price["source"], "Accelergy, ERT.yaml, component c.PE[0..3].mac, action compute");
  EXPECT_EQ(price["units"], Json::parse(R"(["mac"])"));
  EXPECT_FALSE(price.contains("valid_for"));  // the tables state no sizes
  EXPECT_EQ(table["source"], "Accelergy, ERT.yaml");
}

TEST(AccelergyImport, ARangeOfTheTablesIsTheRangeOfThePrice) {
  const Json price = imported(buffer(""))["prices"][0];
  EXPECT_EQ(price["terms"], Json::parse(R"([{"value_pj": 64, "low_pj": 32, "high_pj": 128}])"));
  EXPECT_EQ(price["source"], "Accelergy, ERT.yaml, component c.glb, action read; average of 3 rows");
}

TEST(AccelergyImport, AnAccessOfManyBitsBecomesAPriceOfTheBitsThatAnEventMoves) {
  const Json word = imported(buffer(R"(, "per_bits": 64)"))["prices"][0];
  // 64, 32 and 128 pJ for 64 bits
  EXPECT_EQ(word["terms"], Json::parse(R"([{"value_pj": 1, "low_pj": 0.5, "high_pj": 2, "per": ["access_bits"]}])"));
  const Json line = imported(buffer(R"(, "per_bits": 64, "event_bits": "word_bits")"))["prices"][0];
  EXPECT_EQ(line["terms"][0]["per"], Json::parse(R"(["word_bits"])"));
  const Json bit = imported(kDram)["prices"][0];
  EXPECT_EQ(bit["terms"], Json::parse(R"([{"value_pj": 1, "low_pj": 0.5, "high_pj": 2}])"));
}

TEST(AccelergyImport, OnAChipAPriceHoldsForTheSizesOfItsUnitAlone) {
  const auto ranges_with = [](const std::string& more) {
    std::map<std::string, Json> ranges;
    const Json table = imported(std::string(kMac) + "," + kDram + "," + buffer(more), {false, true});
    for (const Json& price : table["prices"]) ranges[price["units"][0]] = price["valid_for"];
    return ranges;
  };
  std::map<std::string, Json> scaled = ranges_with(R"(, "per_bits": 64)");
  EXPECT_EQ(scaled["mac"], Json::parse(R"({"operand_bits": [16, 16]})"));  // not for how many there are
  // What it is proportional to does not bind it.
  EXPECT_EQ(scaled["buffer"], Json::parse(R"({"words": [512, 512], "word_bits": [64, 64]})"));
  EXPECT_EQ(ranges_with("")["buffer"],
            Json::parse(R"({"words": [512, 512], "word_bits": [64, 64], "access_bits": [16, 16]})"));
}

TEST(AccelergyImport, AnEventMayBePricedByAnotherComponent) {
  const Json price = imported(buffer(R"(, "components": {"read": "c.wglb"})"))["prices"][0];
  EXPECT_EQ(price["terms"][0]["value_pj"], 16.0);
}

TEST(AccelergyImport, WhatTheTablesDoNotStateIsAbsent) {
  const Json table = imported(buffer(""));  // its component has an action "leak", which the map does not name
  for (const char* section : {"leakage", "clock", "area", "static"}) EXPECT_FALSE(table.contains(section)) << section;
}

TEST(AccelergyImport, LeakageIsTheActionThatTheMapNamesOverItsCycle) {
  const Json table = imported(buffer(R"(, "leakage": {"action": "leak", "cycle_ns": 2})"),
                              {false, false, R"(, "covered_leakage": {"mac": "none"})"});
  // 3 pJ in 2 ns
  EXPECT_EQ(table["leakage"][1]["terms"], Json::parse(R"([{"value_mw": 1.5, "low_mw": 1.5, "high_mw": 1.5}])"));
  EXPECT_EQ(table["leakage"][0], Json::parse(R"({"class": "mac", "covered": "none"})"));
}

TEST(AccelergyImport, AreasAreThoseOfTheComponentsThatMakeUpAUnit) {
  const Json table = imported(std::string(kMac) + "," + buffer(R"(, "area": ["c.glb", "c.wglb"])"), {true, false});
  EXPECT_EQ(table["area"][0]["terms"][0]["value_um2"], 100.0);
  EXPECT_EQ(table["area"][0]["terms"][1]["value_um2"], 20.0);
  EXPECT_EQ(table["area"][0]["source"], "Accelergy, ERT.yaml, component c.glb and c.wglb");
  EXPECT_EQ(table["area"][1]["terms"][0]["value_um2"], 5.0);
  const Json covered = imported(kMac, {true, false, R"(, "covered_area": {"mac": "none"})"});
  EXPECT_EQ(covered["area"], Json::parse(R"([{"class": "mac", "covered": "none"}])"));
}

TEST(AccelergyImport, AClassIsCoveredByEventOrOnAChipAsAWhole) {
  const auto with = [](const std::string& covered, bool on_chip) {
    return With{false, on_chip, R"(, "covered": {)" + covered + "}"};
  };
  EXPECT_EQ(imported("", with(R"("mac.op": "why")", false))["prices"],
            Json::parse(R"([{"class": "mac", "actions": ["op"], "covered": "why"}])"));
  const std::string all = R"("mac": "why", "sram": "why", "dram": "why", "dram.read_bit": "because")";
  EXPECT_EQ(imported("", with(all, true))["prices"].size(), 3U);
  EXPECT_EQ(refusal("", with(R"("mac": "why")", false)),
            "map.json: /covered/mac: found a class alone, whose events only a chip tells; allowed mac.EVENT, or with "
            "--chip");
}

TEST(AccelergyImport, WhatTheChipDoesNotHaveIsRefusedWithTheNearestSpelling) {
  const With toy = {false, true};
  EXPECT_EQ(refusal(R"("mca": {"class": "mac", "component": "c.PE.mac", "actions": {"op": "compute"}})", toy),
            "map.json: /units/mca: unknown key, found 'mca'; allowed mac, buffer, dram; did you mean 'mac'?");
  EXPECT_EQ(refusal(R"("mac": {"class": "mac", "component": "c.PE.mac", "actions": {"pp": "compute"}})", toy),
            "map.json: /units/mac/actions/pp: unknown key, found 'pp'; allowed op; did you mean 'op'?");
  EXPECT_EQ(refusal(R"("mac": {"class": "adder", "component": "c.PE.mac", "actions": {"op": "compute"}})", toy),
            "map.json: /units/mac/class: unknown value, found \"adder\"; allowed mac");
  EXPECT_EQ(refusal(kMac, toy),
            "map.json: price table 't': no price for event 'buffer.read' of unit buffer (class sram: access_bits 16, "
            "word_bits 64, words 512); priced actions of that unit: none");
  EXPECT_EQ(refusal(buffer(R"(, "per_bits": 64, "event_bits": "accessbits")"), toy),
            "map.json: /units/buffer: 'event_bits' is no attribute of event 'read' on chip 'toy', found 'accessbits'; "
            "allowed access_bits, word_bits, words; did you mean 'access_bits'?");
}

TEST(AccelergyImport, WhatTheTablesDoNotHaveIsRefusedWithTheNearestSpelling) {
  EXPECT_EQ(refusal(R"("mac": {"class": "mac", "component": "c.PE.mac", "actions": {"op": "compte"}})"),
            "map.json: /units/mac/actions/op: unknown action of component 'c.PE[0..3].mac', found 'compte'; allowed "
            "compute; did you mean 'compute'?");
  EXPECT_EQ(refusal(buffer(R"(, "leakage": {"action": "idle", "cycle_ns": 1})")),
            "map.json: /units/buffer/leakage/action: unknown action of component 'c.glb', found 'idle'; allowed leak, "
            "read");
  EXPECT_EQ(refusal(buffer(R"(, "area": ["c.gbl"])"), {true, false}),
            "map.json: /units/buffer/area/0: unknown component of ERT.yaml, found 'c.gbl'; allowed c.PE.mac, c.glb, "
            "c.wglb; did you mean 'c.glb'?");
}

TEST(AccelergyImport, AMapThatContradictsItselfIsRefused) {
  EXPECT_EQ(refusal(buffer(R"(, "covered": {"read": "why"})")),
            "map.json: /units/buffer/actions/read: found an action that is covered too; allowed one of both");
  EXPECT_EQ(refusal(buffer(R"(, "event_bits": "word_bits")")),
            "map.json: /units/buffer/event_bits: scales nothing without 'per_bits', the bits that Accelergy's action "
            "moves");
  EXPECT_EQ(refusal(buffer(R"(, "components": {"write": "c.glb"})")),
            "map.json: /units/buffer/components/write: unknown key, found 'write'; allowed read");
}

}  // namespace
}  // namespace lacuna

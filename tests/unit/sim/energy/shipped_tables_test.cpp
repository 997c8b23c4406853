// SPDX-License-Identifier: Apache-2.0
// The price tables that are shipped: they price every event of the chip, and their fits are what they say.
#include <gtest/gtest.h>

#include <cmath>

#include "hw/base/error.hpp"
#include "sim/energy/account.hpp"
#include "tests/support/eyeriss_counts.hpp"
#include "tests/support/row_stationary_layer.hpp"

namespace lacuna {
namespace {

PriceTable shipped(const std::string& name) {
  const JsonDocument document =
      JsonDocument::load(std::string(LACUNA_SOURCE_DIR) + "/configs/energy/" + name + ".json");
  return load_price_table(document.view());
}

/// A chip with the parameters of Eyeriss, which are the defaults, and a layer that takes microseconds.
test::RowStationaryLayer small_layer() {
  test::RowStationaryLayer layer;
  layer.shape = {2, 6, 3, 2, 9, 8, 3, 3, 1, 1};
  return layer;
}

std::vector<UnitAttributes> eyeriss_units() {
  const test::RowStationaryLayer layer = small_layer();
  return units_of(layer.chip, mapping_context(layer.chip, layer.shape, 16, 16), 16);
}

std::map<std::string, std::int64_t> simulated_counts(const std::string& gate_on) {
  test::RowStationaryLayer layer = small_layer();
  layer.array().gate_on = gate_on;
  return layer.run().counts;
}

/// Prices of everything that the chip counts.
Prices resolved(const std::string& name) {
  std::set<std::string> events;
  for (const auto& entry : simulated_counts("activation")) events.insert(entry.first);
  return resolve_prices(shipped(name), eyeriss_units(), events, false);
}

TEST(ShippedPriceTables, EveryEventOfTheChipHasAPriceOrAReasonWhyItHasNone) {
  for (const char* name : {"eyeriss_65nm", "generic_45nm"}) {
    for (const auto& [event, price] : resolved(name).events) {
      EXPECT_TRUE((price.pj > 0.0 && !price.source.empty()) != !price.covered.empty()) << name << " " << event;
      EXPECT_LE(price.low_pj, price.pj) << name << " " << event;
      EXPECT_GE(price.high_pj, price.pj) << name << " " << event;
    }
  }
}

TEST(ShippedPriceTables, TheGenericTableCoversNothingByAStaticNumberThatItDoesNotHave) {
  const Prices prices = resolved("generic_45nm");
  EXPECT_FALSE(prices.static_power.has_value());
  for (const auto& [event, price] : prices.events) EXPECT_EQ(price.covered, "") << event;
}

TEST(ShippedPriceTables, GenericPricesOfEyerissFollowTheirModels) {
  const Prices prices = resolved("generic_45nm");
  const auto pj = [&](const char* event) { return prices.events.at(event).pj; };
  EXPECT_NEAR(pj("mac.op"), 0.0084375 * 16 * 16 + 0.003125 * 16, 1e-12);
  EXPECT_NEAR(pj("mac.gated"), 0.066, 1e-12);
  EXPECT_NEAR(pj("filter_spad.read"), 0.000727 * 16 * std::sqrt(224 * 16), 1e-12);
  EXPECT_NEAR(pj("ifmap_spad.read"), 16 * (0.007364 + 0.000352 * 12), 1e-12);
  // 27 banks of 512 rows; a 16-bit word is a quarter of a 64-bit row
  EXPECT_NEAR(pj("global_buffer.ifmap_read"), 0.000727 * 64 * std::sqrt(27 * 512 * 64) / 4, 1e-12);
  EXPECT_NEAR(pj("psum_link.word"), 2 * 0.710, 1e-12);
  EXPECT_NEAR(pj("dram.read_bit") * 64, 512.0, 1e-12);
}

TEST(ShippedPriceTables, AWordOfTheGlobalBufferCostsByItsOwnWidth) {
  test::RowStationaryLayer layer = small_layer();
  layer.chip.mac.accumulator_bits = 32;
  const std::vector<UnitAttributes> units = units_of(layer.chip, mapping_context(layer.chip, layer.shape, 4, 8), 4);
  const auto pj = [&units](const char* event) {
    return resolve_prices(shipped("generic_45nm"), units, {event}, false).events.at(event).pj;
  };
  // 4-bit weights, 8-bit activations, 32-bit psums, in rows of 64 bits, 27 banks of 512 rows
  const double read_bit = 0.000727 * std::sqrt(27 * 512 * 64);
  const double write_bit = 0.00087 * std::sqrt(27 * 512 * 64);
  EXPECT_NEAR(pj("global_buffer.filter_read"), 4 * read_bit, 1e-12);
  EXPECT_NEAR(pj("global_buffer.filter_write"), 4 * write_bit, 1e-12);
  EXPECT_NEAR(pj("global_buffer.ifmap_read"), 8 * read_bit, 1e-12);
  EXPECT_NEAR(pj("global_buffer.ifmap_write"), 8 * write_bit, 1e-12);
  EXPECT_NEAR(pj("global_buffer.psum_read"), 32 * read_bit, 1e-12);
  EXPECT_NEAR(pj("global_buffer.psum_write"), 32 * write_bit, 1e-12);
  EXPECT_NEAR(pj("global_buffer.psum_drain"), 32 * read_bit, 1e-12);
}

TEST(ShippedPriceTables, ACodebookAndTheMacBehindItCostByTheWidthOfItsEntriesNotOfItsCodes) {
  const test::RowStationaryLayer layer = small_layer();
  const MappingContext context = mapping_context(layer.chip, layer.shape, 4, 8);
  const std::vector<UnitAttributes> units = units_of(layer.chip, context, 12);
  const auto pj = [&units](const char* event) {
    return resolve_prices(shipped("generic_45nm"), units, {event}, false).events.at(event).pj;
  };
  // 4-bit codes address 16 entries of 12 bits; the multiplier takes these and 8-bit activations
  EXPECT_NEAR(pj("codebook.read"), 12 * (0.007364 + 0.000352 * 16), 1e-12);
  EXPECT_NEAR(pj("mac.op"), 0.0084375 * 12 * 12 + 0.003125 * 16, 1e-12);
}

double generic_pj(const std::string& unit_class, std::map<std::string, std::int64_t> attributes, const char* action) {
  const UnitAttributes unit{"unit", unit_class, std::move(attributes)};
  const std::string event = std::string("unit.") + action;
  return resolve_prices(shipped("generic_45nm"), {unit}, {event}, false).events.at(event).pj;
}

TEST(ShippedPriceTables, TheStatedFitOfTheGenericTableIsWhatItsModelsGive) {
  const std::vector<double> models = {generic_pj("mac", {{"operand_bits", 16}, {"accumulator_bits", 16}}, "op"),
                                      generic_pj("mac", {{"operand_bits", 8}, {"accumulator_bits", 8}}, "op"),
                                      generic_pj("mac", {{"operand_bits", 32}, {"accumulator_bits", 32}}, "op"),
                                      generic_pj("register_file", {{"words", 12}, {"word_bits", 17}}, "read"),
                                      generic_pj("register_file", {{"words", 24}, {"word_bits", 16}}, "write"),
                                      generic_pj("sram", {{"words", 224}, {"word_bits", 16}}, "read"),
                                      generic_pj("sram", {{"words", 1024}, {"word_bits", 64}}, "read"),
                                      generic_pj("sram", {{"words", 12800}, {"word_bits", 64}}, "read"),
                                      generic_pj("sram", {{"words", 224}, {"word_bits", 16}}, "write"),
                                      generic_pj("sram", {{"words", 12800}, {"word_bits", 64}}, "write")};
  const std::vector<FitPoint> fit = shipped("generic_45nm").fit;
  ASSERT_EQ(fit.size(), models.size());
  for (std::size_t i = 0; i < fit.size(); ++i) EXPECT_NEAR(fit[i].model, models[i], 0.0006) << fit[i].what;
}

TEST(ShippedPriceTables, ABiggerMemoryAndAWiderMacCostMore) {
  EXPECT_GT(generic_pj("sram", {{"words", 512}, {"word_bits", 16}}, "read"),
            generic_pj("sram", {{"words", 224}, {"word_bits", 16}}, "read"));
  EXPECT_GT(generic_pj("mac", {{"operand_bits", 16}, {"accumulator_bits", 16}}, "op"),
            generic_pj("mac", {{"operand_bits", 8}, {"accumulator_bits", 16}}, "op"));
}

TEST(ShippedPriceTables, AZeroGatedMacCostsLessThanOneThatWorks) {
  for (const char* name : {"eyeriss_65nm", "generic_45nm"}) {
    const Prices prices = resolved(name);
    EXPECT_LT(account({{"mac.gated", 1}}, prices, 0.0).total_pj, account({{"mac.op", 1}}, prices, 0.0).total_pj)
        << name;
    // the same layer, gated and not: what gating saves is MACs and their spad accesses, nothing else
    const Energy gated = account(simulated_counts("activation"), prices, 1.0);
    const Energy plain = account(simulated_counts("none"), prices, 1.0);
    EXPECT_LT(gated.chip_pj, plain.chip_pj) << name;
    for (const char* component : {"mac", "filter_spad", "ifmap_spad", "psum_spad"}) {
      EXPECT_LT(gated.by_component_pj.at(component), plain.by_component_pj.at(component)) << name << " " << component;
    }
    for (const char* component : {"noc", "global_buffer", "dram"}) {
      EXPECT_EQ(gated.by_component_pj.at(component), plain.by_component_pj.at(component)) << name << " " << component;
    }
  }
}

// What the test below prices in closed form is what the machine counts.
TEST(ShippedPriceTables, TheMachineCountsTheWordsThatTheFitIsMadeOf) {
  const EyerissLayer layer = {"small", {2, 8, 8, 1, 7, 7, 3, 3, 1, 1}, 7, 4, 2, 2, 1, 0, 0, 0};
  test::RowStationaryLayer machine;
  machine.shape = layer.shape;
  machine.map().m = 8;
  machine.map().n = 2;
  machine.map().e = layer.e;
  machine.map().p = layer.p;
  machine.map().q = layer.q;
  machine.map().r = layer.r;
  machine.map().t = layer.t;
  const auto counts = machine.run().counts;
  const std::int64_t performed = counts.at("mac.op");
  for (const auto& [event, count] : closed_form_counts(layer)) {
    if (event.rfind("mac.", 0) == 0) continue;  // the zeros of this ifmap are not spread evenly
    const bool by_mac = event.find("_spad.") != std::string::npos;
    EXPECT_EQ(counts.at(event), by_mac ? performed : count) << event;
  }
  EXPECT_EQ(performed + counts.at("mac.gated"), layer.shape.macs());
}

// U = nonzero MACs x (1 ALU + 4 RF) + 6 x GLB words + 2 x (LN hops + GLB words), LN hops = N M E F ceil(C/q) R
TEST(ShippedPriceTables, TheUsefulWorkOfEyerissComesOutOfTheCounts) {
  const Prices prices = resolved("eyeriss_65nm");
  for (const EyerissLayer& layer : table_v()) {
    const auto counts = closed_form_counts(layer);
    const LayerShape& s = layer.shape;
    const double words = 2.0 * counts.at("global_buffer.psum_read") + counts.at("global_buffer.ifmap_read");
    const auto hops = static_cast<double>(s.N * s.M * s.E() * s.F() * ceil_div(s.C, layer.q) * s.R);
    const double useful = 5.0 * counts.at("mac.op") + 6.0 * words + 2.0 * (hops + words);
    EXPECT_NEAR(account(counts, prices, 0.0).chip_pj / (1.39 * useful), 1.0, 1e-9) << layer.name;
  }
}

TEST(ShippedPriceTables, TheStatedFitOfEyerissIsWhatItsTwoNumbersGive) {
  const PriceTable table = shipped("eyeriss_65nm");
  const Prices prices = resolved("eyeriss_65nm");
  const std::vector<EyerissLayer> layers = table_v();
  ASSERT_EQ(table.fit.size(), layers.size());
  const std::vector<double> error_percent = {-0.2, 0.1, -6.3, 0.0, 4.8};
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const Energy energy = account(closed_form_counts(layers[i]), prices, layers[i].total_ms);
    EXPECT_EQ(table.fit[i].published, layers[i].power_mw);
    EXPECT_NEAR(energy.power_chip_mw, table.fit[i].model, 0.006) << layers[i].name;
    EXPECT_NEAR(table.fit[i].error_percent(), error_percent[i], 0.05) << layers[i].name;
  }
}

TEST(ShippedPriceTables, EyerissPricesAreForEyerissAlone) {
  std::vector<UnitAttributes> units = eyeriss_units();
  for (UnitAttributes& unit : units) {
    if (unit.unit == "mac") unit.attributes = {{"operand_bits", 8}, {"accumulator_bits", 16}, {"instances", 336}};
  }
  const PriceTable table = shipped("eyeriss_65nm");
  EXPECT_THROW(resolve_prices(table, units, {"mac.op"}, false), Error);
  const Prices prices = resolve_prices(table, units, {"mac.op"}, true);
  EXPECT_EQ(prices.events.at("mac.op").extrapolated, "mac operand_bits = 8 is outside 16 to 16");
  EXPECT_EQ(prices.static_extrapolated, "mac instances = 336 is outside 168 to 168");
}

}  // namespace
}  // namespace lacuna

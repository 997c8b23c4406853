// SPDX-License-Identifier: Apache-2.0
// The price tables that are shipped: they price every event of the chip, and their fits are what they say.
#include <gtest/gtest.h>

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
  return units_of(layer.chip, mapping_context(layer.chip, layer.shape, {16, 16, 16}), {16, 16, 16});
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
      EXPECT_TRUE((price.estimate.value > 0.0 && !price.source.empty()) != !price.covered.empty())
          << name << " " << event;
      EXPECT_LE(price.estimate.low, price.estimate.value) << name << " " << event;
      EXPECT_GE(price.estimate.high, price.estimate.value) << name << " " << event;
    }
  }
}

TEST(ShippedPriceTables, AZeroGatedMacCostsLessThanOneThatWorks) {
  for (const char* name : {"eyeriss_65nm", "generic_45nm"}) {
    const Prices prices = resolved(name);
    EXPECT_LT(account({{"mac.gated", 1}}, prices, {}).total_pj.value,
              account({{"mac.op", 1}}, prices, {}).total_pj.value)
        << name;
    // the same layer, gated and not: what gating saves is MACs and their spad accesses, nothing else
    const Energy gated = account(simulated_counts("activation"), prices, {1.0, 0, 1.0});
    const Energy plain = account(simulated_counts("none"), prices, {1.0, 0, 1.0});
    EXPECT_LT(gated.chip_pj.value, plain.chip_pj.value) << name;
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
    EXPECT_NEAR(account(counts, prices, {}).chip_pj.value / (prices.events.at("mac.op").estimate.value * useful), 1.0,
                1e-9)
        << layer.name;
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

// SPDX-License-Identifier: Apache-2.0
// The table to explore with: its models give the published points, and everything that is bigger costs more.
#include <gtest/gtest.h>

#include "sim/energy/account.hpp"
#include "sim/energy/macros.hpp"
#include "tests/support/row_stationary_layer.hpp"

namespace lacuna {
namespace {

using Attributes = std::map<std::string, std::int64_t>;

const PriceTable& table() {
  static const PriceTable loaded =
      load_price_table(JsonDocument::load(std::string(LACUNA_SOURCE_DIR) + "/configs/energy/generic_45nm.json").view());
  return loaded;
}

double pj(const std::string& kind, const Attributes& attributes, const std::string& action) {
  const UnitAttributes unit{kind, kind, attributes};
  const PriceModel& model = *table().find(unit, action);
  return action_estimate(model, split_into_macros(model, unit), "").value;
}

double of(const std::vector<ComponentModel>& models, const std::string& kind, const Attributes& attributes) {
  const UnitAttributes unit{kind, kind, attributes};
  return evaluate(*find_model(models, unit), unit, "").value;
}

/// Prices of an Eyeriss with other sizes.
Prices resolved(const test::RowStationaryLayer& layer) {
  const std::vector<std::string> events = events_of(layer.chip);
  return resolve_prices(table(),
                        units_of(layer.chip, mapping_context(layer.chip, layer.shape, {16, 16, 16}), {16, 16, 16}),
                        {events.begin(), events.end()}, true);
}

double total(const std::optional<UnitFigures>& figures) {
  double sum = 0.0;
  for (const auto& entry : *figures) sum += entry.second.estimate.value;
  return sum;
}

TEST(Generic45Nm, GivesHorowitzsFiguresExactly) {
  const auto bits = [](std::int64_t n) { return Attributes{{"operand_bits", n}}; };
  constexpr double kExactly = 1e-9;
  EXPECT_NEAR(pj("adder", bits(8), "add"), 0.03, kExactly);
  EXPECT_NEAR(pj("adder", bits(16), "add"), 0.05, kExactly);
  EXPECT_NEAR(pj("adder", bits(32), "add"), 0.1, kExactly);
  EXPECT_NEAR(pj("multiplier", bits(8), "multiply"), 0.2, kExactly);
  EXPECT_NEAR(pj("multiplier", bits(32), "multiply"), 3.1, 1e-8);
  EXPECT_NEAR(pj("float_adder", bits(16), "add"), 0.4, 1e-7);
  EXPECT_NEAR(pj("float_adder", bits(32), "add"), 0.9, 1e-7);
  EXPECT_NEAR(pj("float_multiplier", bits(16), "multiply"), 1.1, 1e-7);
  EXPECT_NEAR(pj("float_multiplier", bits(32), "multiply"), 3.7, 1e-6);
  EXPECT_NEAR(pj("sram", {{"words", 1024}, {"word_bits", 64}}, "read"), 10.0, 1e-6);
  // 16 bits between 8 and 32 on a b^2 + c b: a = (3.1 / 32 - 0.2 / 8) / 24, c = 0.2 / 8 - 8 a
  EXPECT_NEAR(pj("multiplier", bits(16), "multiply"), 0.78333, 1e-5);
}

TEST(Generic45Nm, ReadsAndWritesAMemoryAtTheSourcedPoints) {
  EXPECT_NEAR(pj("sram", {{"words", 224}, {"word_bits", 16}}, "read"), 0.710, 1e-6);
  EXPECT_NEAR(pj("sram", {{"words", 12800}, {"word_bits", 64}}, "read"), 49.17, 1e-5);
  EXPECT_NEAR(pj("sram", {{"words", 224}, {"word_bits", 16}}, "write"), 1.131, 1e-6);
  EXPECT_NEAR(pj("sram", {{"words", 12800}, {"word_bits", 64}}, "write"), 37.16, 1e-5);
  EXPECT_NEAR(pj("register_file", {{"words", 12}, {"word_bits", 17}}, "read"), 0.197, 1e-4);
  EXPECT_NEAR(pj("register_file", {{"words", 24}, {"word_bits", 16}}, "write"), 0.253, 1e-4);
}

TEST(Generic45Nm, AMacIsItsMultiplierAndItsAdder) {
  EXPECT_NEAR(pj("mac", {{"operand_bits", 12}, {"accumulator_bits", 20}}, "op"),
              pj("multiplier", {{"operand_bits", 12}}, "multiply") + pj("adder", {{"operand_bits", 20}}, "add"), 1e-12);
}

TEST(Generic45Nm, AWordOfTheGlobalBufferIsItsShareOfARow) {
  test::RowStationaryLayer layer;
  layer.chip.mac.accumulator_bits = 32;
  const std::vector<UnitAttributes> units =
      units_of(layer.chip, mapping_context(layer.chip, layer.shape, {4, 16, 8}), {4, 16, 8});
  const auto price = [&units](const char* event) {
    return resolve_prices(table(), units, {event}, false).events.at(event).estimate.value;
  };
  // rows of 64 bits, 27 banks of 512 rows; 4-bit weights, 8-bit activations, 32-bit psums
  const double read_row = pj("sram", {{"words", 27 * 512}, {"word_bits", 64}}, "read");
  const double write_row = pj("sram", {{"words", 27 * 512}, {"word_bits", 64}}, "write");
  EXPECT_NEAR(price("global_buffer.filter_read"), read_row * 4 / 64, 1e-9);
  EXPECT_NEAR(price("global_buffer.filter_write"), write_row * 4 / 64, 1e-9);
  EXPECT_NEAR(price("global_buffer.ifmap_read"), read_row * 8 / 64, 1e-9);
  EXPECT_NEAR(price("global_buffer.ifmap_write"), write_row * 8 / 64, 1e-9);
  EXPECT_NEAR(price("global_buffer.psum_read"), read_row * 32 / 64, 1e-9);
  EXPECT_NEAR(price("global_buffer.psum_write"), write_row * 32 / 64, 1e-9);
  EXPECT_NEAR(price("global_buffer.psum_drain"), read_row * 32 / 64, 1e-9);
}

TEST(Generic45Nm, ACodebookAndTheMacBehindItCostByTheWidthOfItsEntriesNotOfItsCodes) {
  test::RowStationaryLayer layer;
  layer.chip.mac.kind = "codebook_lookup";
  const std::vector<UnitAttributes> units =
      units_of(layer.chip, mapping_context(layer.chip, layer.shape, {4, 12, 8}), {4, 12, 8});
  const auto price = [&units](const char* event) {
    return resolve_prices(table(), units, {event}, false).events.at(event).estimate.value;
  };
  // 4-bit codes address 16 entries of 12 bits; the multiplier takes these and 8-bit activations
  EXPECT_NEAR(price("codebook.read"), pj("look_up", {{"words", 16}, {"word_bits", 12}}, "read"), 1e-12);
  EXPECT_NEAR(price("mac.op"), pj("mac", {{"operand_bits", 12}, {"accumulator_bits", 16}}, "op"), 1e-12);
}

TEST(Generic45Nm, ProductsWithSumsOfTheirOwnHaveAnAdderEach) {
  test::RowStationaryLayer layer;
  layer.chip.mac.kind = "xnor_popcount";
  const std::vector<UnitAttributes> units =
      units_of(layer.chip, mapping_context(layer.chip, layer.shape, {1, 16, 1}), {1, 16, 1});
  const Prices prices = resolve_prices(table(), units, {"adder.op", "xnor.bit"}, false);
  EXPECT_NEAR(prices.events.at("adder.op").estimate.value, pj("adder", {{"operand_bits", 16}}, "add"), 1e-12);
  const double pes = 12 * 14;
  EXPECT_NEAR(prices.area_um2->at("adder").estimate.value, 16 * pes * 16 * 8.6875, 1e-6);  // 16 of 16 bits a PE
}

TEST(Generic45Nm, ASecondDatapathHasAreaAndLeakageAndNoClockWhereItSitsOut) {
  test::RowStationaryLayer layer;
  layer.chip.mac.kind = "add_subtract";
  layer.chip.mac.exempt_kind = "bit_parallel";
  const WordWidths narrow{1, 16, 16};
  const WordWidths wide{16, 16, 16};
  const auto prices = [&](const ChipConfig& chip, const WordWidths& widths, const WordWidths& others,
                          const char* event) {
    return resolve_prices(table(), units_of(chip, mapping_context(chip, layer.shape, widths), widths, others), {event},
                          false);
  };
  const Prices own = prices(layer.chip, narrow, wide, "adder.op");
  const Prices exempt = prices(with_exempt_datapath(layer.chip), wide, narrow, "mac.op");
  const std::string adder = "adder of add_subtract";
  const std::string multiplier = "mac of bit_parallel";
  EXPECT_EQ(own.events.at("adder.op").component, "adder");
  EXPECT_EQ(exempt.events.at("mac.op").component, "mac");
  for (const Prices* one : {&own, &exempt}) {
    EXPECT_GT(one->area_um2->at(adder).estimate.value, 0.0);
    EXPECT_GT(one->leakage_mw->at(adder).estimate.value, 0.0);
    EXPECT_NEAR(one->area_um2->at(multiplier).estimate.value, 168 * (6.201 * 256 + 8.6875 * 16), 1e-6);
    EXPECT_GT(one->leakage_mw->at(multiplier).estimate.value, 0.0);
  }
  EXPECT_EQ(own.clock_pj->count(multiplier), 0U);
  EXPECT_EQ(exempt.clock_pj->count(multiplier), 1U);
  EXPECT_EQ(exempt.clock_pj->count(adder), 0U);
  const double both = chip_area_mm2({own, exempt}).at("mac").value + chip_area_mm2({own, exempt}).at("adder").value;
  layer.chip.mac.exempt_kind = "none";
  const Prices alone = prices(layer.chip, narrow, wide, "adder.op");
  EXPECT_GT(both, chip_area_mm2({alone}).at("adder").value + 168 * 6.201 * 256 * 1e-6);
  EXPECT_EQ(alone.area_um2->count("adder"), 1U);
}

TEST(Generic45Nm, OnlyAMacWithACodebookHasOne) {
  test::RowStationaryLayer layer;
  EXPECT_EQ(resolved(layer).area_um2->count("codebook"), 0U);
  layer.chip.mac.kind = "codebook_lookup";
  EXPECT_EQ(resolved(layer).area_um2->count("codebook"), 1U);
}

TEST(Generic45Nm, TwiceTheMemoryCostsMoreAnAccessLeaksMoreAndIsLarger) {
  for (std::int64_t words = 64; words <= 16384; words *= 2) {
    const Attributes once{{"words", words}, {"word_bits", 64}};
    const Attributes twice{{"words", 2 * words}, {"word_bits", 64}};
    for (const char* action : {"read", "write"}) EXPECT_GT(pj("sram", twice, action), pj("sram", once, action));
    EXPECT_GT(of(*table().leakage, "sram", twice), of(*table().leakage, "sram", once));
    EXPECT_GT(of(*table().area, "sram", twice), of(*table().area, "sram", once));
  }
}

TEST(Generic45Nm, AWiderWordCostsMore) {
  for (const char* kind : {"sram", "register_file", "fifo", "look_up"}) {
    const char* action = kind == std::string("fifo") ? "push" : "read";
    for (std::int64_t bits = 4; bits < 32; ++bits) {
      const Attributes narrow{{"words", 64}, {"word_bits", bits}};
      const Attributes wide{{"words", 64}, {"word_bits", bits + 1}};
      EXPECT_GT(pj(kind, wide, action), pj(kind, narrow, action)) << kind << " " << bits;
      EXPECT_GT(of(*table().leakage, kind, wide), of(*table().leakage, kind, narrow)) << kind << " " << bits;
      EXPECT_GT(of(*table().area, kind, wide), of(*table().area, kind, narrow)) << kind << " " << bits;
    }
  }
}

TEST(Generic45Nm, MorePesLeakMoreAreClockedMoreAndMakeEveryBusDearer) {
  test::RowStationaryLayer small;
  test::RowStationaryLayer large;
  large.array().columns = 2 * small.array().columns;
  const Prices few = resolved(small);
  const Prices many = resolved(large);
  EXPECT_GT(total(many.leakage_mw), 1.5 * total(few.leakage_mw));
  EXPECT_GT(total(many.clock_pj), 1.5 * total(few.clock_pj));
  EXPECT_GT(total(many.area_um2), 1.3 * total(few.area_um2));
  for (const char* event : {"ifmap_bus.word", "filter_bus.word", "psum_in_bus.word", "psum_out_bus.word"}) {
    // a bus is as long as the side of the array
    EXPECT_NEAR(many.events.at(event).estimate.value / few.events.at(event).estimate.value, 1.41421, 1e-5) << event;
  }
  EXPECT_EQ(many.events.at("psum_link.word").estimate.value, few.events.at("psum_link.word").estimate.value);
}

TEST(Generic45Nm, StatesWhatEveryUnitOfTheChipTakesAndLeavesNoEventToAnotherNumber) {
  const Prices prices = resolved({});
  EXPECT_FALSE(prices.static_power.has_value());
  for (const auto& [event, price] : prices.events) EXPECT_EQ(price.covered, "") << event;
  EXPECT_EQ(prices.leakage_mw->size(), prices.area_um2->size());
  EXPECT_EQ(prices.clock_pj->size(), prices.area_um2->size());
  EXPECT_EQ(prices.area_um2->at("filter_spad").instances, 168);
}

TEST(Generic45Nm, DramCostsByItsKind) {
  for (const auto& [kind, pj_per_bit] : std::map<std::string, double>{{"lpddr4", 8.0},
                                                                      {"lpddr", 40.0},
                                                                      {"ddr3", 70.0},
                                                                      {"gddr5", 14.0},
                                                                      {"hbm2", 3.9},
                                                                      {"horowitz", 1950.0 / 64}}) {
    PriceTable chosen = table();
    chosen.variants["dram"] = kind;
    const UnitAttributes dram{"dram", "dram", {}};
    EXPECT_NEAR(evaluate(*chosen.find(dram, "read_bit"), dram, "").value, pj_per_bit, 1e-6) << kind;
  }
}

}  // namespace
}  // namespace lacuna

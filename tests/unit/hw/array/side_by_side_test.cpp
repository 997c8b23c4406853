// SPDX-License-Identifier: Apache-2.0
// What MACs side by side become, and which of them raise events, as hw/array/README.md says it.
#include <gtest/gtest.h>

#include "hw/array/inner_product/config.hpp"
#include "hw/array/row_stationary/config.hpp"
#include "hw/array/systolic/config.hpp"
#include "tests/support/layer_case.hpp"

namespace lacuna::test {
namespace {

/// 5 taps, 3 filters, 4 pixels, on MACs of two sub-words; nothing is zero and nothing gates.
LayerCase five_taps(const std::string& array) {
  LayerCase c(array);
  c.chip.mac.kind = "subword_parallel";
  c.weight_bits = c.activation_bits = 8;
  c.zero_percent = c.weight_zero_percent = 0;
  c.shape = {1, 3, 5, 1, 2, 2, 1, 1, 1, 0};
  return c;
}

template <class Config>
Config& config_of(LayerCase& c) {
  return static_cast<Config&>(c.chip.array.part());
}

std::int64_t ops(const LayerRun& run) { return run.counts.at("subword_mac.op"); }

constexpr std::int64_t kMacs = 5 * 3 * 4;

TEST(SideBySide, ZeroWordsThatReachAMacOfASystolicArrayRaiseItsEvents) {
  LayerCase c = five_taps("systolic");
  config_of<SystolicConfig>(c).gate_on = "none";
  const LayerRun run = c.run_event();
  EXPECT_EQ(run.macs_performed, kMacs);
  EXPECT_EQ(run.filler, (16 * 2 - 5) * 3 * 4);  // 16 rows of two taps, 5 of which there are
  EXPECT_EQ(ops(run), 16 * 2 * 3 * 4);
  EXPECT_EQ(run.counts.at("activation_link.word"), 16 * 2 * 3 * 4);  // the zeros run over the links
  config_of<SystolicConfig>(c).gate_on = "activation";
  EXPECT_EQ(ops(c.run_event()), kMacs);
  EXPECT_EQ(c.run_event().counts.at("mac.gated"), (16 * 2 - 5) * 3 * 4);
}

TEST(SideBySide, LanesOfAnInnerProductWithoutAWordRaiseNothing) {
  LayerCase c = five_taps("inner_product");
  config_of<InnerProductConfig>(c).gate_on = "none";
  const LayerRun run = c.run_event();
  EXPECT_EQ(run.macs_performed, kMacs);
  EXPECT_EQ(run.filler, 0);
  EXPECT_EQ(ops(run), kMacs);                                    // 5 words to 3 lanes: the third has one
  EXPECT_EQ(run.counts.at("activation_register.write"), 5 * 4);  // nothing is written where there is no word
}

TEST(SideBySide, FiltersThatAnIssueOfARowStationaryArrayLacksRaiseNothing) {
  LayerCase c = five_taps("row_stationary");
  config_of<RowStationaryConfig>(c).gate_on = "none";
  const LayerRun run = c.run_event();
  EXPECT_EQ(run.macs_performed, kMacs);
  EXPECT_EQ(ops(run), kMacs + run.filler);  // 3 filters: the second issue of a tap has one
}

TEST(SideBySide, SumsAreApartWhereFiltersStandSideBySide) {
  for (const std::string& name : Registry<ArrayKind>::instance().names()) {
    const ArrayKind& kind = *Registry<ArrayKind>::instance().find(name);
    EXPECT_EQ(kind.mac_sums(), name == "row_stationary" ? MacSums::separate : MacSums::shared) << name;
  }
}

TEST(SideBySide, EventsAreThoseOfTheSumsOfTheArray) {
  for (const char* const array : {"systolic", "inner_product", "row_stationary"}) {
    LayerCase c = five_taps(array);
    c.chip.mac.kind = "serial_weights";
    const LayerRun run = c.run_event();
    const bool apart = c.chip.array.array().mac_sums() == MacSums::separate;
    EXPECT_EQ(run.counts.count("adder.op"), apart ? 1U : 0U) << array;
    EXPECT_EQ(run.counts.count("lut.index_bit"), apart ? 0U : 1U) << array;
    const std::int64_t bits = 8 * kMacs;  // of the weights of all MACs; filler has more
    EXPECT_GE(run.counts.at(apart ? "adder.op" : "lut.index_bit"), bits) << array;
  }
}

}  // namespace
}  // namespace lacuna::test

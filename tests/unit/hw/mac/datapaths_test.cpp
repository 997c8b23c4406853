// SPDX-License-Identifier: Apache-2.0
// Every registered MAC datapath, with every pair of number formats that it takes, against the definition of a MAC:
// psum' = accumulate(psum, shift_round(what the activation is worth x what the weight is worth)).
#include <gtest/gtest.h>

#include <random>

#include "hw/base/error.hpp"
#include "hw/mac/mac.hpp"
#include "hw/number/number_format.hpp"

namespace lacuna {
namespace {

constexpr std::int64_t kWidest = 8;  // bits: every pair of words up to here

NumberParameters parameters_of(std::int64_t bits) {
  NumberParameters parameters;
  parameters.bits = bits;
  parameters.integer_bits = 3;
  return parameters;
}

/// The words of a format of weights with their worths.
struct Operand {
  MacWidths widths;
  std::vector<Word> words;
  std::vector<Word> worths;
  std::vector<Word> codebook;
  ActivationWorths activation_worths;
};

std::vector<Operand> weights_of(const std::string& name) {
  const NumberFormat& format = *Registry<NumberFormat>::instance().find(name);
  std::vector<Operand> operands;
  for (std::int64_t bits = format.min_bits(); bits <= std::min(format.max_bits(), kWidest); ++bits) {
    Operand operand;
    const std::vector<float> values{-2.0F, -1.0F, -0.5F, 0.0F, 0.25F, 0.7F, 1.0F, 2.0F};
    operand.codebook = format.encode(values, parameters_of(bits)).codebook;
    operand.widths.weight = format.word_bits(parameters_of(bits));
    if (format.coded()) {
      for (std::size_t code = 0; code < operand.codebook.size(); ++code) {
        operand.words.push_back(static_cast<Word>(code));
      }
      operand.worths = operand.codebook;
    } else {
      const Word half = Word{1} << (bits - 1);
      const Word low = name == "ternary" ? -1 : -half;
      for (Word word = low; word < half; ++word) operand.words.push_back(word);
      operand.worths = operand.words;
    }
    operands.push_back(operand);
  }
  return operands;
}

std::vector<Operand> activations_of(const std::string& name) {
  const NumberFormat& format = *Registry<NumberFormat>::instance().find(name);
  std::vector<Operand> operands;
  for (std::int64_t bits = format.min_bits(); bits <= std::min(format.max_bits(), kWidest); ++bits) {
    Operand operand;
    operand.widths.activation = format.word_bits(parameters_of(bits));
    if (const std::optional<ActivationLevels> levels = format.levels(parameters_of(bits))) {
      for (const StoredWord word : levels->words) {
        for (const Word signed_word : {Word{word}, levels->mirrored ? -Word{word} : Word{word}}) {
          operand.words.push_back(signed_word);
          operand.worths.push_back(levels->worth_of(signed_word));
        }
      }
      operand.words.push_back(0);  // padding
      operand.worths.push_back(0);
      operand.activation_worths = ActivationWorths(levels->worths);
    } else {
      const Word half = Word{1} << (bits - 1);
      for (Word word = -half; word < half; ++word) operand.words.push_back(word);
      operand.worths = operand.words;
    }
    operands.push_back(operand);
  }
  return operands;
}

Arithmetic arithmetic_of(std::int64_t shift) {
  Arithmetic arithmetic;
  arithmetic.product_shift = shift;
  arithmetic.accumulator_bits = 24;
  return arithmetic;
}

class Datapaths : public testing::TestWithParam<std::string> {
 protected:
  const MacDatapath& mac() const { return *Registry<MacDatapath>::instance().find(GetParam()); }

  /// Calls visit(weights, activations, unit, arithmetic) for all pairs of formats and widths.
  template <class Visit>
  void for_pairs(const Visit& visit) const {
    for (const std::string& weight_format : mac().weight_formats()) {
      for (const Operand& weights : weights_of(weight_format)) {
        for (const std::string& activation_format : mac().activation_formats()) {
          for (const Operand& activations : activations_of(activation_format)) {
            for (const std::int64_t shift : {0, 3}) {
              const Arithmetic arithmetic = arithmetic_of(shift);
              const MacWidths widths{weights.widths.weight, activations.widths.activation};
              if (widths.weight > mac().max_weight_bits() || widths.activation > mac().max_activation_bits()) continue;
              const auto unit = mac().set_up({arithmetic, weights.codebook, widths, activations.activation_worths});
              SCOPED_TRACE(weight_format + " " + std::to_string(widths.weight) + " x " + activation_format + " " +
                           std::to_string(widths.activation));
              visit(weights, activations, *unit, arithmetic);
            }
          }
        }
      }
    }
  }
};

TEST_P(Datapaths, MakeTheExactProductOfEveryPairOfWords) {
  for_pairs([](const Operand& weights, const Operand& activations, const Mac& unit, const Arithmetic& arithmetic) {
    for (std::size_t a = 0; a < activations.words.size(); ++a) {
      for (std::size_t w = 0; w < weights.words.size(); ++w) {
        const std::int64_t product = std::int64_t{activations.worths[a]} * weights.worths[w];
        ASSERT_EQ(unit.step(activations.words[a], weights.words[w], 1000),
                  accumulate(arithmetic, 1000, shift_round(product, arithmetic.product_shift)))
            << activations.words[a] << " x " << weights.words[w];
        ASSERT_EQ(unit.worth(weights.words[w]), weights.worths[w]);
      }
    }
  });
}

TEST_P(Datapaths, SumBlocksAsTheySumMacs) {
  constexpr std::size_t kTaps = 37;
  constexpr std::size_t kFilters = 5;
  std::mt19937 random(7);
  for_pairs([&](const Operand& weights, const Operand& activations, const Mac& unit, const Arithmetic&) {
    std::vector<StoredWord> worths(kTaps + PsumBlock::kReadAhead, 0);
    std::vector<StoredWord> words(kTaps * kFilters);
    std::vector<Word> wanted(kFilters, 0);
    std::vector<std::size_t> drawn(kTaps);
    for (std::size_t& one : drawn) one = random() % activations.words.size();
    for (std::size_t t = 0; t < kTaps; ++t) worths[t] = static_cast<StoredWord>(activations.worths[drawn[t]]);
    for (StoredWord& word : words) word = static_cast<StoredWord>(weights.words[random() % weights.words.size()]);
    for (std::size_t f = 0; f < kFilters; ++f) {
      for (std::size_t t = 0; t < kTaps; ++t) {
        wanted[f] = unit.step(activations.words[drawn[t]], words[f * kTaps + t], wanted[f]);
      }
    }
    std::vector<std::int32_t> offsets(kTaps);
    for (std::size_t t = 0; t < kTaps; ++t) offsets[t] = static_cast<std::int32_t>(t);
    std::vector<Word> psums(kFilters);
    PsumBlock block;
    block.activations = worths.data();
    block.tap_offsets = offsets;
    block.weights = words.data();
    block.filter_pitch = kTaps;
    block.filters = kFilters;
    block.outputs = 1;
    block.psums = psums.data();
    block.psum_pitch = 1;
    unit.sum(block);
    ASSERT_EQ(psums, wanted);
  });
}

class Sums : public Datapaths {
 protected:
  void raise_the_same_events_and_have_a_unit_for_each(MacSums sums) const;
};

TEST_P(Sums, InOneRaiseTheSameEventsAtAllWidthsAndHaveAUnitForEach) {
  raise_the_same_events_and_have_a_unit_for_each(MacSums::shared);
}

TEST_P(Sums, ApartRaiseTheSameEventsAtAllWidthsAndHaveAUnitForEach) {
  raise_the_same_events_and_have_a_unit_for_each(MacSums::separate);
}

void Sums::raise_the_same_events_and_have_a_unit_for_each(MacSums sums) const {
  MacWidths any;
  any.sums = sums;
  MacUnit of;
  of.sums = sums;
  const std::vector<MacEvent> widest = mac().events(any);
  for_pairs([&](const Operand& weights, const Operand& activations, const Mac&, const Arithmetic&) {
    const MacWidths widths{weights.widths.weight, activations.widths.activation, sums};
    const std::vector<MacEvent> events = mac().events(widths);
    ASSERT_EQ(events.size(), widest.size());
    for (std::size_t i = 0; i < events.size(); ++i) {
      EXPECT_EQ(events[i].name, widest[i].name);
      EXPECT_GE(events[i].per_mac, 1);
    }
    EXPECT_GE(mac().rate(widths).macs, 1);
    EXPECT_GE(mac().rate(widths).cycles, 1);
  });
  for (const MacEvent& event : widest) {
    bool has_unit = false;
    for (const UnitAttributes& unit : mac().units(of)) {
      has_unit = has_unit || unit.unit == event.name.substr(0, event.name.find('.'));
    }
    EXPECT_TRUE(has_unit) << event.name;
  }
  bool holds = false;
  for (const UnitAttributes& unit : mac().units(of)) holds = holds || unit.unit == "mac";
  EXPECT_TRUE(holds) << "mac.gated needs a unit";
}

INSTANTIATE_TEST_SUITE_P(Mac, Datapaths, testing::ValuesIn(Registry<MacDatapath>::instance().names()),
                         [](const auto& mac) { return mac.param; });
INSTANTIATE_TEST_SUITE_P(Mac, Sums, testing::ValuesIn(Registry<MacDatapath>::instance().names()),
                         [](const auto& mac) { return mac.param; });

MacRate rate(const std::string& name, std::int64_t weight, std::int64_t activation) {
  return Registry<MacDatapath>::instance().find(name)->rate({weight, activation});
}

TEST(Rates, AreThoseOfTheDesigns) {
  EXPECT_EQ(rate("serial_activations", 16, 9), (MacRate{1, 9}));  // a bit a cycle
  EXPECT_EQ(rate("serial_weights", 4, 16), (MacRate{3, 4}));      // three MACs a table
  EXPECT_EQ(rate("serial_weights", 1, 16), (MacRate{4, 1}));      // four where weights are signs
  EXPECT_EQ(rate("subword_parallel", 16, 16), (MacRate{1, 1}));
  EXPECT_EQ(rate("subword_parallel", 8, 5), (MacRate{2, 1}));
  EXPECT_EQ(rate("subword_parallel", 4, 3), (MacRate{4, 1}));
  EXPECT_EQ(rate("subword_parallel", 9, 4), (MacRate{1, 1}));  // the wider operand counts
  EXPECT_EQ(rate("bit_bricks", 8, 8), (MacRate{1, 1}));
  EXPECT_EQ(rate("bit_bricks", 8, 4), (MacRate{2, 1}));  // 16 bricks, 8 a product
  EXPECT_EQ(rate("bit_bricks", 4, 4), (MacRate{4, 1}));
  EXPECT_EQ(rate("bit_bricks", 2, 2), (MacRate{16, 1}));
  EXPECT_EQ(rate("bit_bricks", 16, 16), (MacRate{1, 4}));  // a pass for each 8 bits of both
  EXPECT_EQ(rate("bit_bricks", 4, 16), (MacRate{2, 2}));
  EXPECT_EQ(rate("bit_bricks", 5, 8), (MacRate{1, 1}));  // 5 bits run as 8
  EXPECT_EQ(rate("xnor_popcount", 1, 1), (MacRate{16, 1}));
  EXPECT_EQ(rate("xnor_popcount", 1, 2), (MacRate{16, 2}));  // a bit plane an issue
}

TEST(Rates, CountTheBricksOfAProduct) {
  const MacDatapath& mac = *Registry<MacDatapath>::instance().find("bit_bricks");
  EXPECT_EQ(mac.events({8, 8})[0], (MacEvent{"bit_brick.op", 16}));
  EXPECT_EQ(mac.events({8, 4})[0], (MacEvent{"bit_brick.op", 8}));
  EXPECT_EQ(mac.events({16, 16})[0], (MacEvent{"bit_brick.op", 64}));
}

/// The attribute of a unit of a datapath with accumulators of 20 bits, in one PE.
std::int64_t attribute(const std::string& mac, const MacWidths& widths, const std::string& unit,
                       const std::string& name) {
  MacUnit of;
  of.weight_bits = widths.weight;
  of.activation_bits = widths.activation;
  of.accumulator_bits = 20;
  of.sums = widths.sums;
  for (const UnitAttributes& found : Registry<MacDatapath>::instance().find(mac)->units(of)) {
    if (found.unit == unit) return found.attributes.at(name);
  }
  return 0;
}

const MacEvent& last_event(const std::vector<MacEvent>& events) { return events.back(); }

TEST(SumsApart, HaveAnAdderForEveryMacOfAnIssue) {
  constexpr MacSums kApart = MacSums::separate;
  EXPECT_EQ(attribute("xnor_popcount", {1, 2, kApart}, "adder", "instances"), 16);  // gates on one activation
  EXPECT_EQ(attribute("xnor_popcount", {1, 2, kApart}, "popcount", "instances"), 0);
  EXPECT_EQ(attribute("xnor_popcount", {1, 2}, "adder", "instances"), 0);
  EXPECT_EQ(attribute("xnor_popcount", {1, 2}, "popcount", "instances"), 1);
  EXPECT_EQ(attribute("xnor_popcount", {1, 2, kApart}, "mac", "held_bits"), 18);  // 16 weights, 2 bits of activation
  EXPECT_EQ(attribute("xnor_popcount", {1, 2}, "mac", "held_bits"), 32);
  EXPECT_EQ(attribute("bit_bricks", {4, 2, kApart}, "shift_add", "instances"), 8);  // products of 4 x 2 bits
  EXPECT_EQ(attribute("bit_bricks", {4, 2, kApart}, "shift_add", "share_bits"), 20);
  EXPECT_EQ(attribute("bit_bricks", {4, 2}, "shift_add", "instances"), 1);
  EXPECT_EQ(attribute("bit_bricks", {4, 2}, "shift_add", "share_bits"), 3);  // 20 / 8, rounded up
  EXPECT_EQ(attribute("bit_bricks", {8, 8, kApart}, "shift_add", "share_bits"),
            attribute("bit_bricks", {8, 8}, "shift_add", "share_bits"));  // one product
  EXPECT_EQ(attribute("serial_weights", {5, 12, kApart}, "adder", "instances"), 3);
  EXPECT_EQ(attribute("serial_weights", {1, 12, kApart}, "adder", "instances"), 4);
  EXPECT_EQ(attribute("serial_weights", {5, 12, kApart}, "lut", "instances"), 0);
  EXPECT_EQ(attribute("subword_parallel", {4, 4, kApart}, "subword_mac", "sum_bits"), 80);
  EXPECT_EQ(attribute("subword_parallel", {4, 4}, "subword_mac", "sum_bits"), 20);
}

TEST(SumsApart, AddOnceForEveryBitPlane) {
  const auto& find = [](const char* name) -> const MacDatapath& {
    return *Registry<MacDatapath>::instance().find(name);
  };
  EXPECT_EQ(last_event(find("xnor_popcount").events({1, 2, MacSums::separate})), (MacEvent{"adder.op", 2}));
  EXPECT_EQ(last_event(find("xnor_popcount").events({1, 2})), (MacEvent{"popcount.bit", 2}));
  EXPECT_EQ(last_event(find("serial_weights").events({5, 12, MacSums::separate})), (MacEvent{"adder.op", 5}));
  EXPECT_EQ(last_event(find("serial_weights").events({5, 12})), (MacEvent{"lut.index_bit", 5}));
}

}  // namespace
}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
// Float MACs beside IEEE arithmetic made of doubles, which hold every product and every sum of two binary16 numbers as
// it is.
#include "hw/mac/float_mac.hpp"

#include <gtest/gtest.h>

#include <numeric>
#include <random>

#include "hw/base/error.hpp"
#include "hw/number/number_format.hpp"
#include "tests/support/vector_instructions.hpp"

namespace lacuna {
namespace {

const MacDatapath& datapath(const std::string& name) { return *Registry<MacDatapath>::instance().find(name); }

MacSetup setup_of(PsumForm form, std::vector<Word> codebook = {}) {
  MacSetup setup;
  setup.arithmetic.form = form;
  setup.arithmetic.accumulator_bits = form == PsumForm::float16 ? 16 : 32;
  setup.codebook = std::move(codebook);
  return setup;
}

/// One MAC by the definition.
double mac(PsumForm form, double activation, double weight, double psum) {
  if (form == PsumForm::float32) return static_cast<float>(activation * weight + psum);
  const double product = float16::value_of(float16::word_of(activation * weight));
  return float16::value_of(float16::word_of(product + psum));
}

/// A number of moderate size; one in six is zero.
StoredWord draw(std::mt19937& random) {
  if (random() % 6 == 0) return 0;
  const double value = std::ldexp(static_cast<double>(random() % 4096) - 2048.0, static_cast<int>(random() % 12) - 14);
  return static_cast<StoredWord>(float16::word_of(value));
}

TEST(FloatMac, MultipliesAndAddsAsIeee) {
  std::mt19937 random(2);
  for (const PsumForm form : {PsumForm::float16, PsumForm::float32}) {
    const auto unit = datapath("float_multiply_add").set_up(setup_of(form));
    for (int i = 0; i < 20000; ++i) {
      const StoredWord a = draw(random);
      const StoredWord w = draw(random);
      const Word psum = psum_word(form, psum_rounded(form, static_cast<float>(float16::value_of(draw(random)) * 1.3F)));
      const double wanted = mac(form, float16::value_of(a), float16::value_of(w), psum_value(form, psum));
      ASSERT_EQ(psum_value(form, unit->step(a, w, psum)), wanted) << a << " x " << w;
    }
  }
}

TEST(FloatMac, SaturatesPsumsOfSixteenBits) {
  const auto unit = datapath("float_multiply_add").set_up(setup_of(PsumForm::float16));
  const Word large = float16::word_of(60000.0);
  EXPECT_EQ(unit->step(large, float16::word_of(2.0), 0), float16::kLargestWord);
  EXPECT_EQ(unit->step(large, float16::word_of(-1.0), float16::word_of(-60000.0)), -float16::kLargestWord);
}

TEST(FloatMac, AddsSignsAndPowersOfTwo) {
  MacSetup setup = setup_of(PsumForm::float32, {0, 1, 8, -4});
  setup.weight_fraction_bits = 3;  // 0, 1/8, 1, -1/2
  const auto unit = datapath("float_add").set_up(setup);
  const Word three = float16::word_of(3.0);
  const Word start = psum_word(PsumForm::float32, 10.0F);
  const float wanted[] = {10.0F, 10.375F, 13.0F, 8.5F};
  for (Word code = 0; code < 4; ++code) {
    EXPECT_EQ(psum_value(PsumForm::float32, unit->step(three, code, start)), wanted[code]) << code;
    EXPECT_EQ(unit->is_zero(code), code == 0);
  }
}

TEST(FloatMac, RefusesWhatBinary16DoesNotHold) {
  EXPECT_THROW(datapath("float_add").set_up(setup_of(PsumForm::float32, {2049})), Error);
  EXPECT_NO_THROW(datapath("float_add").set_up(setup_of(PsumForm::float32, {2048})));
  EXPECT_THROW(datapath("float_add").set_up(setup_of(PsumForm::integer, {1})), Error);
}

TEST(FloatMac, HasPsumsOfTwoWidths) {
  EXPECT_EQ(datapath("float_add").psum_form(16), PsumForm::float16);
  EXPECT_EQ(datapath("float_add").psum_form(32), PsumForm::float32);
  EXPECT_THROW(datapath("float_add").psum_form(24), Error);
  EXPECT_EQ(datapath("bit_parallel").psum_form(24), PsumForm::integer);
}

/// Sums of blocks, with each set of vector instructions that the host has.
class FloatSums : public VectorInstructions {};

struct BlockSize {
  std::size_t filters, outputs, taps;
  unsigned zero_percent = 0;  ///< of activations, beside those drawn
};

/// A word of a weight: of a float, a code, or a sign.
StoredWord draw_weight(const MacDatapath& mac, const MacSetup& setup, std::mt19937& random) {
  if (!setup.codebook.empty()) return static_cast<StoredWord>(random() % setup.codebook.size());
  if (&mac == &datapath("float_add")) return static_cast<StoredWord>(static_cast<int>(random() % 3) - 1);
  return draw(random);
}

/// Sums in an order of several segments, none of which is in the order of the taps, against one MAC after the other.
void expect_block_sums(const MacDatapath& mac, const MacSetup& setup, const BlockSize& size, std::mt19937& random) {
  const auto unit = mac.set_up(setup);
  std::vector<std::int32_t> offsets(size.taps);
  for (std::size_t t = 0; t < size.taps; ++t) offsets[t] = static_cast<std::int32_t>(t / 3 * 40 + t % 3);
  std::vector<StoredWord> activations(static_cast<std::size_t>(offsets.back()) + size.outputs + PsumBlock::kReadAhead);
  for (StoredWord& word : activations) word = random() % 100 < size.zero_percent ? StoredWord{0} : draw(random);
  std::vector<StoredWord> weights(size.filters * size.taps);
  for (StoredWord& word : weights) word = draw_weight(mac, setup, random);
  AccumulationOrder order(3);
  for (std::size_t t = size.taps; t-- > 0;) order[t % 3].push_back(static_cast<std::int64_t>(t));
  std::vector<Word> psums(size.filters * size.outputs);
  PsumBlock block;
  block.activations = activations.data();
  block.tap_offsets = offsets;
  block.weights = weights.data();
  block.filter_pitch = static_cast<std::ptrdiff_t>(size.taps);
  block.filters = size.filters;
  block.outputs = size.outputs;
  block.psums = psums.data();
  block.psum_pitch = static_cast<std::ptrdiff_t>(size.outputs);
  unit->sum_in_order(block, order);
  for (std::size_t f = 0; f < size.filters; ++f) {
    for (std::size_t x = 0; x < size.outputs; ++x) {
      Word wanted = 0;
      for (const auto& segment : order) {
        Word sum = 0;
        for (const std::int64_t tap : segment) {
          const auto t = static_cast<std::size_t>(tap);
          sum = unit->step(activations[static_cast<std::size_t>(offsets[t]) + x], weights[f * size.taps + t], sum);
        }
        wanted = accumulate(setup.arithmetic, wanted, sum);
      }
      ASSERT_EQ(psums[f * size.outputs + x], wanted) << "filter " << f << ", output " << x;
    }
  }
}

TEST_P(FloatSums, SumsBlocksInTheirOrder) {
  std::mt19937 random(3);
  for (const PsumForm form : {PsumForm::float16, PsumForm::float32}) {
    for (const std::size_t filters : {1, 3, 4, 33, 70}) {
      for (const std::size_t outputs : {1, 2, 7, 8, 9, 16, 17, 35}) {
        SCOPED_TRACE(std::to_string(filters) + " filters, " + std::to_string(outputs) + " outputs");
        expect_block_sums(datapath("float_multiply_add"), setup_of(form), {filters, outputs, 10, 0}, random);
        expect_block_sums(datapath("float_add"), setup_of(form, {0, 1, -1, 4}), {filters, outputs, 10, 0}, random);
        if (HasFatalFailure()) return;
      }
    }
  }
}

/// Codebooks that fit a register of some hosts, two, or none; the words of signs; numbers that are alike but for signs,
/// the products of which need a rounding.
std::vector<MacSetup> codings(PsumForm form) {
  std::vector<MacSetup> setups = {setup_of(form), setup_of(form, {-1, 1}), setup_of(form, {0, 3, -3, 0})};
  for (MacSetup& setup : setups) setup.weight_fraction_bits = 17;
  for (const std::size_t entries : {4, 8, 16, 32, 64, 256}) {
    std::vector<Word> codebook(entries);
    for (std::size_t i = 0; i < entries; ++i) codebook[i] = static_cast<Word>(i) - 5;
    setups.push_back(setup_of(form, std::move(codebook)));
    setups.back().weight_fraction_bits = 3;
  }
  return setups;
}

/// One psum a filter, of weights tap by tap, in an order of segments that is not that of the taps.
void expect_tap_major_sums(const MacDatapath& mac, const MacSetup& setup, std::size_t filters, std::mt19937& random) {
  constexpr std::size_t kTaps = 45;
  const auto unit = mac.set_up(setup);
  const std::size_t pitch = filters + 3;
  std::vector<StoredWord> activations(kTaps);
  for (StoredWord& word : activations) word = draw(random);
  std::vector<StoredWord> weights(kTaps * pitch);
  for (StoredWord& word : weights) word = draw_weight(mac, setup, random);
  AccumulationOrder order(4);  // the last one has no tap that counts
  for (std::size_t t = kTaps; t-- > 0;) order[activations[t] == 0 ? 3 : t % 3].push_back(static_cast<std::int64_t>(t));
  order[0].push_back(order[3].back());
  order[3].pop_back();
  std::vector<Word> psums(filters);
  TapMajorBlock block;
  block.activations = activations;
  block.weights = weights.data();
  block.tap_pitch = static_cast<std::ptrdiff_t>(pitch);
  block.filters = filters;
  block.psums = psums.data();
  unit->sum_in_order(block, order);
  for (std::size_t f = 0; f < filters; ++f) {
    Word wanted = 0;
    for (const auto& segment : order) {
      Word sum = 0;
      for (const std::int64_t tap : segment) {
        const auto t = static_cast<std::size_t>(tap);
        sum = unit->step(activations[t], weights[t * pitch + f], sum);
      }
      wanted = accumulate(setup.arithmetic, wanted, sum);
    }
    ASSERT_EQ(psums[f], wanted) << "filter " << f;
  }
}

TEST_P(FloatSums, SumsBlocksInTheirOrderWhereManyActivationsAreZero) {
  std::mt19937 random(8);
  for (const PsumForm form : {PsumForm::float16, PsumForm::float32}) {
    for (const std::size_t filters : {31, 32, 70, 130}) {
      for (const unsigned zeros : {50U, 95U, 100U}) {
        SCOPED_TRACE(std::to_string(filters) + " filters, " + std::to_string(zeros) + " % zeros");
        expect_block_sums(datapath("float_multiply_add"), setup_of(form), {filters, 35, 10, zeros}, random);
        expect_block_sums(datapath("float_add"), setup_of(form, {0, 512, -2048, 1}), {filters, 35, 10, zeros}, random);
        if (HasFatalFailure()) return;
      }
    }
  }
}

TEST_P(FloatSums, SumsWeightsTapByTapInTheirOrder) {
  std::mt19937 random(4);
  MacSetup large = setup_of(PsumForm::float16, {0, 512, -2048, 1});  // sums that saturate
  for (const std::size_t filters : {1, 5, 8, 16, 33, 64, 100, 131}) {
    SCOPED_TRACE(std::to_string(filters) + " filters");
    for (const PsumForm form : {PsumForm::float16, PsumForm::float32}) {
      expect_tap_major_sums(datapath("float_multiply_add"), setup_of(form), filters, random);
      expect_tap_major_sums(datapath("float_add"), setup_of(form, {0, 1, -1, 4}), filters, random);
    }
    expect_tap_major_sums(datapath("float_add"), large, filters, random);
    if (HasFatalFailure()) return;
  }
}

TEST_P(FloatSums, ReadsEveryCodingOfWeights) {
  std::mt19937 random(9);
  for (const PsumForm form : {PsumForm::float16, PsumForm::float32}) {
    for (const MacSetup& setup : codings(form)) {
      SCOPED_TRACE(std::to_string(setup.codebook.size()) + " entries");
      expect_block_sums(datapath("float_add"), setup, {37, 18, 10, 0}, random);
      expect_block_sums(datapath("float_add"), setup, {70, 18, 10, 60}, random);
      expect_tap_major_sums(datapath("float_add"), setup, 37, random);
      if (HasFatalFailure()) return;
    }
  }
}

TEST_P(FloatSums, SaturatesSumsOfBlocksAsItSaturatesSums) {
  std::mt19937 random(6);
  const MacSetup large = setup_of(PsumForm::float16, {0, 512, -2048, 1});
  expect_block_sums(datapath("float_add"), large, {9, 35, 10, 0}, random);
  expect_block_sums(datapath("float_add"), large, {70, 3, 10, 0}, random);
}

INSTANTIATE_TEST_SUITE_P(Host, FloatSums, every_vector_instruction_set(), name_of_instruction_set);

TEST(FloatMac, HasNoSumInAnyOrder) {
  const auto unit = datapath("float_multiply_add").set_up(setup_of(PsumForm::float32));
  EXPECT_THROW(unit->sum(PsumBlock()), Error);
  EXPECT_THROW(unit->sum(TapMajorBlock()), Error);
}

}  // namespace
}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include "hw/mac/float_mac.hpp"

#include <algorithm>
#include <cmath>

#include "hw/base/decimal.hpp"
#include "hw/base/error.hpp"
#include "hw/mac/float_sums.hpp"

namespace lacuna {
namespace {

[[noreturn]] void fail_any_order() { fail_run("float psums were asked for in any order; they have one of their own"); }

}  // namespace

FloatMac::FloatMac(const MacSetup& setup, Weights weights, const std::string& mac)
    : form_(setup.arithmetic.form),
      weights_(weights),
      codebook_(setup.codebook),
      unit_(std::ldexp(1.0F, static_cast<int>(-setup.weight_fraction_bits))) {
  if (form_ == PsumForm::integer) fail_input("MAC " + mac + ": found integer psums; allowed float ones");
  for (const Word entry : codebook_) {
    const double number = static_cast<double>(entry) * unit_;
    if (float16::value_of(float16::word_of(number)) == number) continue;
    fail_input("MAC " + mac + ": found a weight worth " + shortest_decimal(number) + "; allowed numbers of binary16");
  }
  if (weights_ == Weights::float16) return;
  constexpr int kNumbers = 256;  // codes and integers of up to 8 bits
  for (int low = 0; low < kNumbers; ++low)
    numbers_.push_back(number(codebook_.empty() ? static_cast<Word>(wrap(low, 8)) : low));
}

void FloatMac::sum_in_order(const TapMajorBlock& block, const AccumulationOrder& order) const {
  sum_float_products_in_order(form_, block, {numbers_.empty() ? nullptr : numbers_.data()}, order);
}

Word FloatMac::worth(Word weight) const {
  return codebook_.empty() ? weight : codebook_[static_cast<std::size_t>(weight) % codebook_.size()];
}

float FloatMac::number(Word weight) const {
  return weights_ == Weights::float16 ? float16::value_of(weight) : static_cast<float>(worth(weight)) * unit_;
}

Word FloatMac::step(Word activation, Word weight, Word psum) const {
  const float product = psum_rounded(form_, float16::value_of(activation) * number(weight));
  return psum_word(form_, psum_rounded(form_, psum_value(form_, psum) + product));
}

void FloatMac::sum(const PsumBlock& /*block*/) const { fail_any_order(); }

void FloatMac::sum(const TapMajorBlock& /*block*/) const { fail_any_order(); }

/// The weights of a block, filter by filter.
std::vector<float> FloatMac::numbers(const PsumBlock& block) const {
  const std::size_t taps = block.tap_offsets.size();
  std::vector<float> result(block.filters * taps);
  for (std::size_t filter = 0; filter < block.filters; ++filter) {
    const StoredWord* const words = block.weights + static_cast<std::ptrdiff_t>(filter) * block.filter_pitch;
    float* const to = result.data() + filter * taps;
    if (numbers_.empty()) {
      float16_values({words, taps}, to);
    } else {
      for (std::size_t tap = 0; tap < taps; ++tap)
        to[tap] = numbers_[static_cast<std::size_t>(words[tap]) % numbers_.size()];
    }
  }
  return result;
}

void FloatMac::sum_in_order(const PsumBlock& block, const AccumulationOrder& order) const {
  if (block.filters == 0 || block.outputs == 0 || block.tap_offsets.empty()) return;
  const std::vector<float> weights = numbers(block);
  const std::int32_t last = *std::max_element(block.tap_offsets.begin(), block.tap_offsets.end());
  const std::size_t words = static_cast<std::size_t>(last) + block.outputs;
  std::vector<float> activations(words + PsumBlock::kReadAhead, 0.0F);
  float16_values({block.activations, words}, activations.data());
  sum_float_products_in_order(form_, block, {activations.data(), words, weights.data()}, order);
}

UnitAttributes float_multiplier_unit(const MacUnit& of) {
  return {"float_multiplier",
          "float_multiplier",
          {{"operand_bits", of.activation_bits}, {"instances", of.instances}},
          {},
          true};
}

UnitAttributes float_adder_unit(const MacUnit& of) {
  return {"float_adder", "float_adder", {{"operand_bits", of.accumulator_bits}, {"instances", of.instances}}, {}, true};
}

}  // namespace lacuna

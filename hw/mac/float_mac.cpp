// SPDX-License-Identifier: Apache-2.0
#include "hw/mac/float_mac.hpp"

#include <cmath>
#include <utility>
#include <vector>

#include "hw/base/decimal.hpp"
#include "hw/base/error.hpp"

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
  constexpr Word kSigns[] = {0, 1, 0, -1};  // by the lowest two bits
  std::vector<float> numbers(256);          // of codes of up to 8 bits
  for (std::size_t low = 0; low < numbers.size(); ++low)
    numbers[low] = number(codebook_.empty() ? kSigns[low % 4] : static_cast<Word>(low));
  // A product in binary32 is exact: a factor would only take an additional multiplication.
  numbers_ = form_ == PsumForm::float16 ? coded_float_weights(std::move(numbers)) : FloatWeights{std::move(numbers)};
}

void FloatMac::sum_in_order(const TapMajorBlock& block, const AccumulationOrder& order) const {
  sum_float_products_in_order(form_, block, numbers_, order);
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

void FloatMac::sum_in_order(const PsumBlock& block, const AccumulationOrder& order) const {
  if (block.filters == 0 || block.outputs == 0 || block.tap_offsets.empty()) return;
  sum_float_products_in_order(form_, block, numbers_, order);
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

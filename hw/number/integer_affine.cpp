// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <string>

#include "hw/base/error.hpp"
#include "hw/number/fixed_point.hpp"
#include "hw/number/number_format.hpp"

namespace lacuna {
namespace {

constexpr std::int64_t kMinBits = 2;
constexpr std::int64_t kMaxBits = 8;

/// Integers with a scale and a zero point (Jacob et al., "Quantization and Training of Neural Networks for Efficient
/// Integer-Arithmetic-Only Inference", CVPR 2018): a code q stands for (q - z) s; s makes the 2^b codes reach from the
/// smallest to the largest value, zero among them, and z, an integer, makes zero exact.
class IntegerAffine : public NumberFormat {
 public:
  EncodedTensor encode(Span<const float> values, const NumberParameters& parameters) const override {
    if (parameters.bits < kMinBits || parameters.bits > kMaxBits)
      fail_input("number format integer_affine: found " + std::to_string(parameters.bits) + " bits; allowed 2 to 8");
    max_magnitude(values);  // refuses what is not finite
    const auto top = static_cast<double>((std::int64_t{1} << parameters.bits) - 1);
    double low = 0.0;
    double high = 0.0;
    for (const float value : values) {
      low = std::min(low, static_cast<double>(value));
      high = std::max(high, static_cast<double>(value));
    }
    EncodedTensor encoded;
    // A symmetric tensor of that range has steps of 1 to 2 of these units.
    encoded.fraction_bits = parameters.bits - parameters.integer_bits + 1;
    const double step = high == low ? std::ldexp(1.0, static_cast<int>(-encoded.fraction_bits)) : (high - low) / top;
    const double zero = round_half_even(-low / step);
    encoded.scales = {std::ldexp(step, static_cast<int>(encoded.fraction_bits))};
    for (double code = 0.0; code <= top; ++code) encoded.codebook.push_back(static_cast<Word>(code - zero));
    std::vector<StoredWord> words;
    words.reserve(values.size());
    for (const float value : values) {
      words.push_back(static_cast<StoredWord>(std::min(std::max(round_half_even(value / step) + zero, 0.0), top)));
    }
    encoded.words = std::move(words);
    return encoded;
  }
  std::int64_t bits_stored(std::int64_t count, const NumberParameters& parameters) const override {
    constexpr std::int64_t kScaleBits = 32;
    return count * parameters.bits + kScaleBits + parameters.bits;
  }
  std::int64_t min_bits() const override { return kMinBits; }
  std::int64_t max_bits() const override { return kMaxBits; }
  bool coded() const override { return true; }
};

const Registration<NumberFormat, IntegerAffine> registered{"integer_affine"};

}  // namespace
}  // namespace lacuna

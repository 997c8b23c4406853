// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <string>

#include "hw/base/error.hpp"
#include "hw/base/float16.hpp"
#include "hw/number/fixed_point.hpp"
#include "hw/number/number_format.hpp"

namespace lacuna {
namespace {

constexpr std::int64_t kMinBits = 2;
constexpr std::int64_t kMaxBits = 5;  // more make a span of octaves that no shifter of 16 bits has

/// Zero and signed powers of two, from 2^n2 to 2^n1 (Zhou et al., "Incremental Network Quantization", ICLR 2017):
/// n1 = floor(log2(4 max|w| / 3)), n2 = n1 + 1 - 2^(b-2) or, with two bits, n1. A magnitude w goes to the power beta
/// for (alpha + beta) / 2 <= w < 3 beta / 2, alpha being the next smaller member of the set. A code is a sign, in its
/// top bit, and the place in the set, 0 being zero.
class PowerOfTwo : public NumberFormat {
 public:
  EncodedTensor encode(Span<const float> values, const NumberParameters& parameters) const override {
    if (parameters.bits < kMinBits || parameters.bits > kMaxBits)
      fail_input("number format power_of_two: found " + std::to_string(parameters.bits) + " bits; allowed 2 to 5");
    const std::int64_t powers = std::int64_t{1} << (parameters.bits - 2);
    const std::int64_t n1 = top_exponent(max_magnitude(values), parameters);
    const std::int64_t n2 = n1 + 1 - powers;
    EncodedTensor encoded;
    // The range leaves two octaves open for n1: its own and the one below.
    encoded.fraction_bits = powers + 1 - parameters.integer_bits;
    const std::int64_t lowest = n2 + encoded.fraction_bits;
    if (lowest < 0 || lowest > 1) {
      fail_input("number format power_of_two: found a largest magnitude of " + std::to_string(max_magnitude(values)) +
                 "; allowed from 0.75 x 2^" + std::to_string(parameters.integer_bits - 2) + " to below 0.75 x 2^" +
                 std::to_string(parameters.integer_bits) + ", for the range of " +
                 std::to_string(parameters.integer_bits) + " integer bits stated");
    }
    const std::int64_t sign = std::int64_t{1} << (parameters.bits - 1);
    encoded.codebook.assign(static_cast<std::size_t>(2 * sign), 0);
    for (std::int64_t power = 0; power < powers; ++power) {
      const Word worth = Word{1} << (lowest + power);
      encoded.codebook[static_cast<std::size_t>(power + 1)] = worth;
      if (power + 1 < sign) encoded.codebook[static_cast<std::size_t>(sign + power + 1)] = -worth;
    }
    std::vector<StoredWord> words(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
      const std::int32_t place = place_of(values[i], static_cast<std::int32_t>(n2));
      words[i] = static_cast<StoredWord>(place == 0 || values[i] > 0.0F ? place : place + sign);
    }
    encoded.words = std::move(words);
    return encoded;
  }
  std::int64_t bits_stored(std::int64_t count, const NumberParameters& parameters) const override {
    return count * parameters.bits;
  }
  std::int64_t min_bits() const override { return kMinBits; }
  std::int64_t max_bits() const override { return kMaxBits; }
  bool coded() const override { return true; }

 private:
  /// floor(log2(4 max / 3)), exactly. The range stands for the largest magnitude where there are no values.
  static std::int64_t top_exponent(double largest, const NumberParameters& parameters) {
    if (largest == 0.0) return parameters.integer_bits - 1;
    int exponent = 0;
    const double fraction = std::frexp(largest, &exponent);  // largest = fraction x 2^exponent, fraction in [0.5, 1)
    return 4.0 * fraction >= 3.0 ? exponent : exponent - 1;
  }

  /// The place of a value in the set 0, 2^n2 .. 2^n1. Three quarters of a power and more go to it, which is where half
  /// a significand, added to the code of a binary32 number, is carried into the exponent. Only zero lies below 2^n2:
  /// from half of that on a value goes to it.
  static std::int32_t place_of(float value, std::int32_t n2) {
    constexpr int kSignificandBits = 23;
    constexpr std::int32_t kHalfSignificand = 1 << (kSignificandBits - 1);
    constexpr std::int32_t kBias = 127;
    const auto code = static_cast<std::int32_t>(float16::float_to_bits(std::fabs(value)));
    const std::int32_t nearest = ((code + kHalfSignificand) >> kSignificandBits) - kBias;
    const std::int32_t half_of_lowest = (n2 - 1 + kBias) << kSignificandBits;
    return std::max(nearest - n2 + 1, code >= half_of_lowest ? 1 : 0);
  }
};

const Registration<NumberFormat, PowerOfTwo> registered{"power_of_two"};

}  // namespace
}  // namespace lacuna

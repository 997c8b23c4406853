// SPDX-License-Identifier: Apache-2.0
#include "hw/number/fixed_point.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "hw/base/error.hpp"
#include "hw/base/float16.hpp"

namespace lacuna {
namespace {

constexpr std::int64_t kMinBits = 2;
constexpr std::int64_t kMaxBits = 16;

/// Two's complement fixed point: one binary point for the whole tensor, round half to even, saturate.
class FixedPoint : public NumberFormat {
 public:
  EncodedTensor encode(Span<const float> values, const NumberParameters& parameters) const override {
    if (parameters.bits < kMinBits || parameters.bits > kMaxBits)
      fail_input("number format fixed_point: found " + std::to_string(parameters.bits) + " bits; allowed 2 to 16");
    EncodedTensor encoded;
    encoded.fraction_bits = parameters.bits - parameters.integer_bits;
    encoded.words = to_fixed_point(values, parameters.bits, encoded.fraction_bits);
    return encoded;
  }
  std::int64_t bits_stored(std::int64_t count, const NumberParameters& parameters) const override {
    return count * parameters.bits;
  }
  std::int64_t min_bits() const override { return kMinBits; }
  std::int64_t max_bits() const override { return kMaxBits; }
  bool elementwise() const override { return true; }
  bool for_activations() const override { return true; }
};

const Registration<NumberFormat, FixedPoint> registered{"fixed_point"};

/// Scaled, clamped and rounded; the clamp comes first because its bounds are integers and the rounding needs |x| small.
inline Word rounded(double scaled, double low, double high) {
  return static_cast<Word>(round_half_even(std::min(std::max(scaled, low), high)));
}

}  // namespace

std::int64_t integer_bits_for(double max_abs) {
  if (max_abs == 0.0) return 1;
  int exponent = 0;
  const double fraction = std::frexp(max_abs, &exponent);  // max_abs = fraction x 2^exponent, fraction in [0.5, 1)
  return fraction == 0.5 ? exponent : exponent + 1;
}

/// Codes of binary32 magnitudes are ordered as these are, those of infinity and NaN the largest.
double max_magnitude(Span<const float> values) {
  constexpr std::uint32_t kInfinity = 0x7F800000;
  std::uint32_t largest = 0;
  for (const float value : values) largest = std::max(largest, float16::float_to_bits(std::fabs(value)));
  if (largest >= kInfinity) fail_input("a tensor holds NaN or infinity; allowed are finite values");
  return float16::bits_to_float(largest);
}

Word to_fixed_point(double value, std::int64_t bits, std::int64_t fraction_bits) {
  const double high = std::ldexp(1.0, static_cast<int>(bits - 1)) - 1.0;
  return rounded(std::ldexp(value, static_cast<int>(fraction_bits)), -high - 1.0, high);
}

std::vector<StoredWord> to_fixed_point(Span<const float> values, std::int64_t bits, std::int64_t fraction_bits) {
  max_magnitude(values);  // refuses what is not finite
  const double high = std::ldexp(1.0, static_cast<int>(bits - 1)) - 1.0;
  const double low = -high - 1.0;
  const double scale = std::ldexp(1.0, static_cast<int>(fraction_bits));
  std::vector<StoredWord> words(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    words[i] = static_cast<StoredWord>(rounded(static_cast<double>(values[i]) * scale, low, high));
  }
  return words;
}

}  // namespace lacuna

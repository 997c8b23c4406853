// SPDX-License-Identifier: Apache-2.0
#include "hw/number/logarithm.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "hw/base/error.hpp"
#include "hw/number/fixed_point.hpp"

namespace lacuna {
namespace {

constexpr std::int64_t kTopShift = 14;  // 2^14 and 2^14.5 are the largest powers that 16 bits hold
constexpr double kSqrt2 = 0x1.6a09e667f3bcdp+0;
constexpr double kFourthRootOf2 = 0x1.306fe0a31b715p+0;

double power_of_2(std::int64_t exponent) { return std::ldexp(1.0, static_cast<int>(exponent)); }

}  // namespace

Logarithm::Logarithm(std::int64_t steps, const NumberParameters& parameters) : steps_(steps) {
  if (parameters.bits < 1 || parameters.bits > most_bits(steps)) {
    fail_input("number format " + std::string(steps == 1 ? "log2" : "log_sqrt2") + ": found " +
               std::to_string(parameters.bits) + " bits; allowed 1 to " + std::to_string(most_bits(steps)));
  }
  powers_ = (std::int64_t{1} << parameters.bits) - 1;
  lowest_ = steps * parameters.integer_bits - powers_;
  fraction_bits_ = steps == 1 ? -lowest_ : kTopShift - (parameters.integer_bits - 1);
}

Word Logarithm::worth(std::int64_t n) const {
  const std::int64_t exponent = lowest_ + n - 1 + steps_ * fraction_bits_;  // in steps, of the worth in units
  if (steps_ == 1) return Word{1} << exponent;
  const std::int64_t octave = exponent >= 0 ? exponent / 2 : -((1 - exponent) / 2);
  const double power = power_of_2(octave) * (exponent == 2 * octave ? 1.0 : kSqrt2);
  return static_cast<Word>(round_half_even(power));
}

/// The nearest power, in steps, is found from the fraction m in [1, 2) of x = 2^E m, without a logarithm: m^2 against 2
/// or m^4 against 2 and 8, where the middle of two powers lies.
std::int64_t Logarithm::code(double magnitude) const {
  if (magnitude == 0.0) return 0;
  int exponent = 0;
  const double m = 2.0 * std::frexp(magnitude, &exponent);
  const std::int64_t octave = exponent - 1;
  std::int64_t nearest = 0;
  if (steps_ == 1) {
    nearest = m * m < 2.0 ? octave : octave + 1;
  } else {
    const double fourth = m * m * m * m;
    nearest = 2 * octave + (fourth < 2.0 ? 0 : (fourth < 8.0 ? 1 : 2));
  }
  return std::min(std::max<std::int64_t>(nearest - lowest_ + 1, 0), powers_);
}

double Logarithm::threshold(std::int64_t n) const {
  const std::int64_t halves = 2 * (lowest_ + n - 1) - 1;  // in half steps
  const std::int64_t whole = 2 * steps_;                  // of them make an octave
  const std::int64_t octave = halves >= 0 ? halves / whole : -((whole - 1 - halves) / whole);
  double at = power_of_2(octave);
  for (std::int64_t rest = halves - octave * whole; rest > 0; --rest) at *= steps_ == 1 ? kSqrt2 : kFourthRootOf2;
  return at;
}

EncodedTensor LogarithmFormat::encode(Span<const float> values, const NumberParameters& parameters) const {
  const Logarithm numbers(steps_, parameters);
  max_magnitude(values);  // refuses what is not finite
  EncodedTensor encoded;
  encoded.fraction_bits = numbers.fraction_bits();
  const std::int64_t sign = numbers.powers() + 1;
  encoded.codebook.assign(static_cast<std::size_t>(2 * sign), 0);
  for (std::int64_t n = 1; n <= numbers.powers(); ++n) {
    encoded.codebook[static_cast<std::size_t>(n)] = numbers.worth(n);
    encoded.codebook[static_cast<std::size_t>(sign + n)] = -numbers.worth(n);
  }
  std::vector<StoredWord> words(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::int64_t code = numbers.code(std::fabs(static_cast<double>(values[i])));
    words[i] = static_cast<StoredWord>(code > 0 && values[i] < 0.0F ? sign + code : code);
  }
  encoded.words = std::move(words);
  return encoded;
}

std::optional<ActivationLevels> LogarithmFormat::levels(const NumberParameters& parameters) const {
  const Logarithm numbers(steps_, parameters);
  ActivationLevels levels;
  levels.unit = power_of_2(-numbers.fraction_bits());
  levels.mirrored = true;
  levels.words = {0};
  levels.worths = {0};
  for (std::int64_t n = 1; n <= numbers.powers(); ++n) {
    levels.thresholds.push_back({numbers.threshold(n), true});
    levels.words.push_back(static_cast<StoredWord>(n));
    levels.worths.push_back(numbers.worth(n));
  }
  return levels;
}

}  // namespace lacuna

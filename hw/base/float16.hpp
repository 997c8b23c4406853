// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>

namespace lacuna {

/// Numbers of IEEE 754-2008 binary16 ("half precision") without infinities and NaN, whose codes are not used: what is
/// too large saturates. A word is the code of the magnitude with the number's sign, so that words are ordered as their
/// numbers are and zero is 0: in memory it is the sign and 15 bits of magnitude. There is no negative zero.
namespace float16 {

constexpr std::int32_t kLargestWord = 0x7BFF;
constexpr float kLargest = 65504.0F;
/// Bits of a fraction that a binary32 number has and a binary16 number has not.
constexpr int kLostBits = 13;
/// 2 to the power of the difference of the exponents' biases, 127 - 15.
constexpr float kBias = 0x1p112F;

inline float bits_to_float(std::uint32_t bits) {
  float value = 0.0F;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

inline std::uint32_t float_to_bits(float value) {
  std::uint32_t bits = 0;
  std::memcpy(&bits, &value, sizeof bits);
  return bits;
}

/// The highest power of two in a number, or 0.
inline double power_of_two_in(double magnitude) {
  constexpr std::uint64_t kExponent = 0x7FF0000000000000;
  std::uint64_t bits = 0;
  std::memcpy(&bits, &magnitude, sizeof bits);
  bits &= kExponent;
  std::memcpy(&magnitude, &bits, sizeof bits);
  return magnitude;
}

/// The number of a word; words beyond the largest number are that number.
inline float value_of(std::int32_t word) {
  const std::int32_t magnitude = std::min(word < 0 ? -word : word, kLargestWord);
  const float value = bits_to_float(static_cast<std::uint32_t>(magnitude) << kLostBits) * kBias;
  return word < 0 ? -value : value;
}

/// The word of the nearest number, ties to even; `value` is no NaN.
inline std::int32_t word_of(double value) {
  constexpr double kLowestNormal = 0x1p-14;
  constexpr double kUnit = 0x1p42;  // of the last place of 1 in binary64 it makes that of binary16, 2^(52 - 10)
  const double magnitude = std::min(std::fabs(value), static_cast<double>(kLargest));
  // A number is added to 1.5 x 2^42 times its power of two and taken out of the sum again.
  const double grid = 1.5 * kUnit * std::max(power_of_two_in(magnitude), kLowestNormal);
  const auto rounded = static_cast<float>((magnitude + grid) - grid);
  const auto word = static_cast<std::int32_t>(float_to_bits(rounded / kBias) >> kLostBits);
  return value < 0.0 ? -word : word;
}

/// The nearest number to one of binary32, ties to even; what is too large saturates.
inline float rounded(float value) {
  constexpr float kLowestNormal = 0x1p-14F;
  constexpr float kGrid = 0.75F;  // a unit in its last place is 2^-24, the step of numbers below the lowest normal one
  if (std::fabs(value) < kLowestNormal) return (value + kGrid) - kGrid;
  std::uint32_t bits = float_to_bits(value);
  bits += 0xFFFU + ((bits >> kLostBits) & 1U);
  return std::min(std::max(bits_to_float(bits & ~0x1FFFU), -kLargest), kLargest);
}

}  // namespace float16

/// How psums are held: as integers, or as numbers of binary16 or binary32 in a word each.
enum class PsumForm { integer, float16, float32 };

/// The number that a psum word of a float form is, and the word of a number that the form has. A word of binary32 is
/// its code; zero is 0 in all forms.
inline float psum_value(PsumForm form, std::int32_t word) {
  if (form == PsumForm::float16) return float16::value_of(word);
  return float16::bits_to_float(static_cast<std::uint32_t>(word));
}
inline std::int32_t psum_word(PsumForm form, float value) {
  if (form == PsumForm::float16) return float16::word_of(value);
  return static_cast<std::int32_t>(float16::float_to_bits(value));
}

/// The nearest number that the form has to one of binary32.
inline float psum_rounded(PsumForm form, float value) {
  return form == PsumForm::float16 ? float16::rounded(value) : value;
}

}  // namespace lacuna

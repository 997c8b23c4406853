// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "hw/base/float16.hpp"

namespace lacuna {

/// A data word as it moves through the machine: an activation, a weight or weight code, or a psum, sign-extended.
using Word = std::int32_t;

/// An activation, a weight or a weight code as it lies in memory: up to 16 bits, sign-extended.
using StoredWord = std::int16_t;

/// How a MAC turns exact products into psums. Part of what the values of a layer depend on.
struct Arithmetic {
  std::int64_t product_shift = 0;      ///< right shift of each exact product, rounding half up: (x + 2^(s-1)) >> s
  std::int64_t accumulator_bits = 16;  ///< width of a psum, two's complement, 2 to 32
  bool saturate = false;               ///< clamp each addition (order matters) instead of wrapping (order-free)
  PsumForm form = PsumForm::integer;   ///< of a float form: products are not shifted, each addition is rounded

  /// Whether a sum depends on the order in which it is added up.
  bool in_order() const { return saturate || form != PsumForm::integer; }
  bool operator==(const Arithmetic& o) const {
    return product_shift == o.product_shift && accumulator_bits == o.accumulator_bits && saturate == o.saturate &&
           form == o.form;
  }
};

/// (x + 2^(s-1)) >> s; x itself for s = 0.
constexpr std::int64_t shift_round(std::int64_t x, std::int64_t s) {
  return s == 0 ? x : (x + (std::int64_t{1} << (s - 1))) >> s;
}

/// The value of the low `bits` bits of x as two's complement.
constexpr std::int64_t wrap(std::int64_t x, std::int64_t bits) {
  const int unused = static_cast<int>(64 - bits);
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(x) << unused) >> unused;
}

/// x clamped to the range of a two's complement number of `bits` bits.
constexpr std::int64_t clamp_to_bits(std::int64_t x, std::int64_t bits) {
  const std::int64_t high = (std::int64_t{1} << (bits - 1)) - 1;
  return x > high ? high : (x < -high - 1 ? -high - 1 : x);
}

/// Sum of two psums of a float form, as words.
inline Word accumulate_float(PsumForm form, Word psum, Word addend) {
  return psum_word(form, psum_rounded(form, psum_value(form, psum) + psum_value(form, addend)));
}

/// Sum of a psum and another psum or shifted product, under the accumulator's width and overflow rule.
inline Word accumulate(const Arithmetic& a, std::int64_t psum, std::int64_t addend) {
  if (a.form != PsumForm::integer) return accumulate_float(a.form, static_cast<Word>(psum), static_cast<Word>(addend));
  return static_cast<Word>(a.saturate ? clamp_to_bits(psum + addend, a.accumulator_bits)
                                      : wrap(psum + addend, a.accumulator_bits));
}

}  // namespace lacuna

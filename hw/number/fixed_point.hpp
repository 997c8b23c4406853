// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "hw/base/arithmetic.hpp"
#include "hw/number/number_format.hpp"

namespace lacuna {

/// Integer bits, sign included, of a tensor whose largest magnitude is `max_abs` (finite, not negative):
/// ceil(log2 max_abs) + 1, exactly, and 1 for an all-zero tensor. Negative for small values: 0.1 has -2. The largest
/// magnitude itself saturates by one step where it is a positive power of two, as in dynamic fixed point (Gysel et al.,
/// "Ristretto", IEEE TNNLS 29(11), 2018).
std::int64_t integer_bits_for(double max_abs);

/// The largest magnitude of finite values, 0 for none. Throws Error (bad_input) on NaN and infinity.
double max_magnitude(Span<const float> values);

/// The nearest integer, halves to the even one. For |x| < 2^51; needs the default rounding mode, as all IEEE programs.
inline double round_half_even(double x) {
  constexpr double kMagic = 6755399441055744.0;  // 1.5 x 2^52: its unit in the last place is 1
  return (x + kMagic) - kMagic;
}

/// The word of `bits` bits, two's complement, that is nearest to value x 2^fraction_bits; saturates. `value` is finite.
Word to_fixed_point(double value, std::int64_t bits, std::int64_t fraction_bits);

/// Words of a whole tensor, of at most 16 bits. Throws Error (bad_input) on NaN and infinity.
std::vector<StoredWord> to_fixed_point(Span<const float> values, std::int64_t bits, std::int64_t fraction_bits);

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "hw/base/arithmetic.hpp"
#include "hw/codec/codec.hpp"

namespace lacuna {

/// The lowest `bits` bits set, 0 <= bits <= 64.
constexpr std::uint64_t low_mask(std::int64_t bits) {
  return bits >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << bits) - 1;
}

/// The widths that every format checks. Throw Error (bad_input): value bits 1 to 32 (31 if unsigned), word bits 8
/// to 64.
void check_widths(const CodecParameters& parameters, const char* codec);

/// A value as a field of value_bits. Throws Error (run_failed) when it does not fit: a stored value is never cut.
std::uint64_t to_field(Word value, const CodecParameters& parameters);

/// The value of the lowest value_bits of `bits`.
Word from_field(std::uint64_t bits, const CodecParameters& parameters);

}  // namespace lacuna

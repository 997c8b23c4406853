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

/// The widths that every format checks. Throw Error (bad_input): value bits 1 to 16 (15 if unsigned), as a StoredWord
/// holds, word bits 8 to 64.
void check_widths(const CodecParameters& parameters, const char* codec);

/// The value of the lowest value_bits of `bits`.
inline Word from_field(std::uint64_t bits, const CodecParameters& parameters) {
  const std::uint64_t field = bits & low_mask(parameters.value_bits);
  return static_cast<Word>(parameters.signed_values ? wrap(static_cast<std::int64_t>(field), parameters.value_bits)
                                                    : static_cast<std::int64_t>(field));
}

/// Throws Error (run_failed): a stored value is never cut.
[[noreturn]] void fail_too_wide(Word value, const CodecParameters& parameters);

/// Throws Error (run_failed) when a value does not fit value_bits.
void check_fit(Span<const StoredWord> values, const CodecParameters& parameters);

/// A value as a field of value_bits. Throws Error (run_failed) when it does not fit.
inline std::uint64_t to_field(Word value, const CodecParameters& parameters) {
  const std::uint64_t field = static_cast<std::uint64_t>(value) & low_mask(parameters.value_bits);
  if (from_field(field, parameters) != value) fail_too_wide(value, parameters);
  return field;
}

}  // namespace lacuna

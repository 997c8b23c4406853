// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "hw/base/arithmetic.hpp"
#include "hw/mac/mac.hpp"

namespace lacuna {

/// Multiply, shift, accumulate on operands of up to 16 bits, in 32-bit arithmetic throughout: one MAC at a time, the
/// part that the MACs with a parallel multiplier share (blocks of psums: hw/mac/product_sums.hpp). psum' =
/// accumulate(psum, shift_round(activation x weight)), as hw/base/arithmetic.hpp defines it.
///
/// Why 32 bits are enough: |activation x weight| <= 2^30, reached only by (-2^15)^2; rounding adds 2^(shift-1) <= 2^29
/// for shifts up to 30. A wrapping sum is taken modulo 2^32. A saturating sum of a psum of up to 31 bits and a product
/// lies in
/// [-2^31, 2^31). Hence the limits that checked() enforces: shift 0 to 30, accumulator 2 to 32 bits, 31 if it
/// saturates.
class Multiplier {
 public:
  /// The arithmetic. Throws Error (bad_input) when it is outside the limits above; `mac` names the datapath in the
  /// message.
  static const Arithmetic& checked(const Arithmetic& arithmetic, const std::string& mac);

  explicit Multiplier(const Arithmetic& arithmetic);

  /// One MAC.
  Word step(Word activation, Word weight, Word psum) const {
    const std::int32_t addend = (activation * weight + rounding_) >> shift_;
    if (saturate_) return clamped(psum + addend);
    return wrapped(static_cast<std::uint32_t>(psum) + static_cast<std::uint32_t>(addend));
  }

 private:
  Word wrapped(std::uint32_t sum) const { return static_cast<std::int32_t>(sum << unused_bits_) >> unused_bits_; }
  Word clamped(std::int32_t sum) const { return sum > high_ ? high_ : (sum < low_ ? low_ : sum); }

  std::int32_t shift_;
  std::int32_t rounding_;
  std::int32_t unused_bits_;
  std::int32_t low_;
  std::int32_t high_;
  bool saturate_;
};

/// The unit "mac": a multiplier of operands of `operand_bits` bits and an adder, in every PE.
UnitAttributes multiplier_unit(const MacUnit& of, std::int64_t operand_bits);
/// The units "adder", of the accumulator's width, so many in every PE, and "shifter", which shifts an activation to any
/// place in it.
UnitAttributes adder_unit(const MacUnit& of, std::int64_t in_pe = 1);
UnitAttributes shifter_unit(const MacUnit& of);
/// The unit "mac" of a datapath without a multiplier of its own: the operands, which are held where a MAC is gated, a
/// pair of them; and the registers of all pairs that it can have side by side, `held_bits`, or those of one pair for 0.
UnitAttributes operands_unit(const MacUnit& of, std::int64_t held_bits = 0);

}  // namespace lacuna

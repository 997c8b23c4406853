// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/base/arithmetic.hpp"
#include "hw/base/span.hpp"
#include "hw/mac/psum_block.hpp"

namespace lacuna {

/// Entries of a codebook that is few enough for the products of a tap with all of them to stay in registers.
constexpr std::size_t kFewCodes = 16;

/// The sums, modulo 2^accumulator_bits, of a block whose weights are codes: `worths` says what each is worth, up to
/// kFewCodes of them in 16 bits each. A code counts by its low 8 bits; one past `worths` is worth 0. Zeros are added
/// like other products: adding them is cheaper than finding out where they are. In the widest vectors that the host has
/// (Google Highway, chosen at run time); the same words on every host. Arithmetic within the limits of
/// Multiplier::checked.
void sum_code_products(const Arithmetic& arithmetic, Span<const Word> worths, const TapMajorBlock& block);

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/base/accumulation_order.hpp"
#include "hw/base/arithmetic.hpp"
#include "hw/mac/psum_block.hpp"

namespace lacuna {

/// Sums of products of values of up to 16 bits in the widest vectors that the host has (Google Highway, chosen at run
/// time); the same words on every host. Arithmetic within the limits of Multiplier::checked.

/// The sums modulo 2^accumulator_bits, in any order.
void sum_products(const Arithmetic& arithmetic, const PsumBlock& block);
void sum_products(const Arithmetic& arithmetic, const TapMajorBlock& block);

/// The sums in the order given, each addition under the arithmetic's overflow rule.
void sum_products_in_order(const Arithmetic& arithmetic, const PsumBlock& block, const AccumulationOrder& order);

}  // namespace lacuna

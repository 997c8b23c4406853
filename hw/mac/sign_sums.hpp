// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "hw/mac/psum_block.hpp"

namespace lacuna {

/// Sums of activations with the signs of weights, code 0 being worth -1 and code 1 worth 1, by XOR, AND and counts of
/// ones in the widest vectors that the host has (Google Highway, chosen at run time); the same words on every host.
///
/// Activations are -1, 0 and 1, or levels from 0 on, a bit plane after the other. Bits of 16 channels make a word, at
/// the place of the activations, so that what windows share is packed once; 0, which is padding, counts for nothing.

/// Widest levels that are taken, bits. Wider ones gain nothing over products.
constexpr std::size_t kMostPlanes = 4;

/// The sums modulo 2^accumulator_bits of unshifted products. Gives false, and psums that mean nothing, for a block that
/// it does not take: taps of a channel that do not lie like those of another, other codes, other activations.
bool sum_signs(std::int64_t accumulator_bits, const PsumBlock& block);

/// Words of the signs of a filter of so many taps.
constexpr std::size_t sign_words(std::size_t taps) { return (taps + 15) / 16; }

/// Codes of filters, one behind the other, as PsumBlock::signs has them; nothing where a code is neither 0 nor 1.
std::vector<StoredWord> signs_of(Span<const StoredWord> codes, std::int64_t filters);

}  // namespace lacuna

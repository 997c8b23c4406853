// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

namespace lacuna {

// Sums of the float layers on the host's vector instructions. Which the host has changes no bit: every sum is added up
// in the order stated, each product rounded before it is added.

/// Positions of a tile: so many sums are kept side by side.
constexpr std::int64_t kTilePositions = 64;

/// A filter word that is not zero.
struct FilterTap {
  std::int32_t tap = 0;  ///< which row of the tile it meets
  float weight = 0.0F;
};

/// sums[i] = the sum over the taps, in their order, of weight x tile[tap][i], for kTilePositions positions i.
void sum_taps(const FilterTap* taps, std::size_t count, const float* tile, float* sums);

/// The sum of a[k] x b[k]: 16 lanes, of which lane i adds up the products i, i + 16, i + 32, ...; then the upper half
/// of the lanes is added to the lower until one is left.
float dot(const float* a, const float* b, std::size_t count);

}  // namespace lacuna

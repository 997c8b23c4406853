// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "hw/mac/psum_block.hpp"

namespace lacuna {

/// Weights that lie tap by tap are read so many taps at a time, each a run from its beginning to its end: sums are
/// loaded and stored once for all of them.
constexpr std::size_t kTapsAtOnce = 8;

/// Taps whose activations are not zero; those that a group has too few of have activation zero.
struct TapGroup {
  std::array<const StoredWord*, kTapsAtOnce> weights;
  std::array<StoredWord, kTapsAtOnce> activations;
};

inline std::vector<TapGroup> live_taps(const TapMajorBlock& block) {
  std::vector<TapGroup> groups;
  std::size_t in_group = kTapsAtOnce;
  for (std::size_t tap = 0; tap < block.activations.size(); ++tap) {
    if (block.activations[tap] == 0) continue;
    if (in_group == kTapsAtOnce) {
      groups.emplace_back();
      groups.back().weights.fill(block.weights);
      groups.back().activations.fill(0);
      in_group = 0;
    }
    groups.back().weights[in_group] = block.weights + static_cast<std::ptrdiff_t>(tap) * block.tap_pitch;
    groups.back().activations[in_group++] = block.activations[tap];
  }
  return groups;
}

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include "hw/array/dual_csc/event/windows.hpp"

#include <numeric>

#include "hw/array/tap_words.hpp"

namespace lacuna {

std::int64_t DualCscWindows::iacts() const {
  return std::accumulate(live_of_tap.begin(), live_of_tap.end(), std::int64_t{0});
}

const DualCscWindows& DualCscWindowMemo::of(const TiledPass& pass) {
  if (ifmap_tile_ != pass.ifmap_tile || ofmap_tile_ != pass.ofmap_tile) known_.clear();
  ifmap_tile_ = pass.ifmap_tile;
  ofmap_tile_ = pass.ofmap_tile;
  const auto [entry, is_new] = known_.emplace(pass.tap, DualCscWindows());
  DualCscWindows& windows = entry->second;
  if (!is_new) return windows;
  windows.live.assign(static_cast<std::size_t>(pass.pixels), 0);
  for (std::int64_t tap = 0; tap < pass.taps; ++tap) {
    std::int64_t live = 0;
    for_tap_words(operands_, schedule_.shape(), schedule_.ofmap_tile(pass), pass.tap + tap, {0, pass.pixels},
                  [&](std::int64_t pixel, const StoredWord* words, std::int64_t count) {
                    std::uint64_t* const of_pixel = windows.live.data() + pixel;
                    for (std::int64_t i = 0; i < count; ++i) {
                      const std::uint64_t bit = words[i] != 0 ? 1 : 0;
                      of_pixel[i] |= bit << tap;
                      live += static_cast<std::int64_t>(bit);
                    }
                  });
    windows.live_of_tap.push_back(live);
  }
  return windows;
}

}  // namespace lacuna

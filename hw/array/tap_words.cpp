// SPDX-License-Identifier: Apache-2.0
#include "hw/array/tap_words.hpp"

namespace lacuna {

std::vector<std::int64_t> live_by_tap(const EventBuffer& operands, const LayerShape& shape, const FeatureTile& ofmap,
                                      std::int64_t first_tap, std::int64_t taps) {
  const std::int64_t pixels = ofmap.images * ofmap.rows * ofmap.columns;
  std::vector<std::int64_t> live(static_cast<std::size_t>(taps), 0);
  for (std::int64_t tap = 0; tap < taps; ++tap) {
    for_tap_words(operands, shape, ofmap, first_tap + tap, {0, pixels},
                  [&](std::int64_t, const StoredWord* words, std::int64_t count) {
                    live[static_cast<std::size_t>(tap)] += count - std::count(words, words + count, StoredWord{0});
                  });
  }
  return live;
}

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "hw/array/event_buffer.hpp"

namespace lacuna {

/// Some pixels (image, row, column) of an ofmap tile, one behind the other.
struct PixelRange {
  std::int64_t pixel = 0;
  std::int64_t pixels = 1;
};

/// Calls visit(pixel, words, count) for the activations that a tap (in C R S order within the group) meets at a range
/// of pixels of an ofmap tile, a row of the ofmap at a time.
template <class Visit>
void for_tap_words(const EventBuffer& operands, const LayerShape& shape, const FeatureTile& ofmap, std::int64_t tap,
                   const PixelRange& range, const Visit& visit) {
  const std::int64_t first_channel = ofmap.channel / (shape.M / shape.G) * shape.C;  // of the group
  const std::int64_t channel = first_channel + tap / (shape.R * shape.S);
  std::int64_t pixel = range.pixel;
  for (const std::int64_t end = pixel + range.pixels; pixel < end;) {
    const std::int64_t row = pixel / ofmap.columns;
    const std::int64_t x = pixel % ofmap.columns;
    const std::int64_t count = std::min(ofmap.columns - x, end - pixel);
    const PhasePlanes& planes = operands.ifmap(ofmap.image + row / ofmap.rows);
    const StoredWord* const first = planes.at(channel, tap / shape.S % shape.R * shape.D, tap % shape.S * shape.D);
    visit(pixel, first + (ofmap.row + row % ofmap.rows) * planes.layout().pitch() + x, count);
    pixel += count;
  }
}

/// Non-zero activations that each of some taps meets at all pixels of an ofmap tile.
std::vector<std::int64_t> live_by_tap(const EventBuffer& operands, const LayerShape& shape, const FeatureTile& ofmap,
                                      std::int64_t first_tap, std::int64_t taps);

}  // namespace lacuna

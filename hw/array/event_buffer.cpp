// SPDX-License-Identifier: Apache-2.0
#include "hw/array/event_buffer.hpp"

#include <string>

#include "hw/base/error.hpp"

namespace lacuna {

EventBuffer::EventBuffer(const LayerShape& shape, Span<const StoredWord> filters_in_place,
                         Span<const Span<const StoredWord>> ifmaps_in_place, const ActivationWorths& worths)
    : filters_in_place_(filters_in_place),
      filters_(filters_in_place.empty() ? static_cast<std::size_t>(shape.filter_words()) : 0, 0),
      worths_(worths),
      planes_(static_cast<std::size_t>(shape.N), PhasePlanes(shape)) {
  for (std::size_t image = 0; image < ifmaps_in_place.size(); ++image) {
    worths_.are_words() ? planes_[image].put(ifmaps_in_place[image])
                        : planes_[image].put(worths_.of(ifmaps_in_place[image]));
  }
}

void EventBuffer::take_ifmap(const FeatureTile& tile, std::int64_t image, Span<const StoredWord> words) {
  if (!worths_.are_words()) {
    put_tile(tile, image, worths_.of(words));
    return;
  }
  put_tile(tile, image, words);
}

void EventBuffer::put_tile(const FeatureTile& tile, std::int64_t image, Span<const StoredWord> words) {
  PhasePlanes& planes = planes_[static_cast<std::size_t>(image)];
  const auto columns = static_cast<std::size_t>(tile.columns);
  for (std::int64_t line = 0; line < tile.channels * tile.rows; ++line) {
    planes.put_row(tile.channel + line / tile.rows, tile.row + line % tile.rows, 0,
                   words.subspan(static_cast<std::size_t>(line) * columns, columns));
  }
}

void EventBuffer::take_filters(std::int64_t tile, Span<const std::int64_t> positions, Span<const StoredWord> words) {
  for (std::size_t i = 0; i < positions.size(); ++i) filters_[static_cast<std::size_t>(positions[i])] = words[i];
  filter_tile_ = tile;
}

void EventBuffer::expect(const FeatureTile& ifmap_tile, std::int64_t filter_tile) const {
  const auto name = [](const FeatureTile& tile) {
    return "the ifmap tile at image " + std::to_string(tile.image) + ", channel " + std::to_string(tile.channel) +
           ", row " + std::to_string(tile.row);
  };
  if (ifmap_tile == ifmap_tile_ && filter_tile == filter_tile_) return;
  fail_run("a pass works on " + name(ifmap_tile) + " and filter tile " + std::to_string(filter_tile) + ", but " +
           name(ifmap_tile_) + " and filter tile " + std::to_string(filter_tile_) + " lie in the global buffer");
}

}  // namespace lacuna

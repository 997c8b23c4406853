// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/array/schedule.hpp"
#include "hw/base/layer_shape.hpp"
#include "hw/base/span.hpp"
#include "hw/mac/activation_worths.hpp"
#include "hw/mac/phase_planes.hpp"

namespace lacuna {

/// The operands in the global buffer of an event-driven chip. Whole tiles arrive; their words are put where the
/// arithmetic wants them, not where the buffer's addresses would have them. One tile of each kind is the one that lies
/// in the buffer.
class EventBuffer {
 public:
  /// `N` images of the shape. With `filters_in_place`, M C R S, the words of filter tiles are not moved at all: a tile
  /// that arrives says only which they are. So with ifmap tiles and `ifmaps_in_place`, C G x H x W per image.
  /// Activations are kept by their worth.
  EventBuffer(const LayerShape& shape, Span<const StoredWord> filters_in_place,
              Span<const Span<const StoredWord>> ifmaps_in_place = {}, const ActivationWorths& worths = {});

  /// The words of one image of an ifmap tile, where they are moved: channel, row, column.
  void take_ifmap(const FeatureTile& tile, std::int64_t image, Span<const StoredWord> words);
  /// All images of an ifmap tile lie in the buffer.
  void ifmap_complete(const FeatureTile& tile) { ifmap_tile_ = tile; }
  /// The words of a filter tile, for these positions in M C R S order.
  void take_filters(std::int64_t tile, Span<const std::int64_t> positions, Span<const StoredWord> words);
  /// A filter tile whose words stay in place.
  void take_filters_in_place(std::int64_t tile) { filter_tile_ = tile; }

  /// All ifmap words that have arrived, of an image.
  const PhasePlanes& ifmap(std::int64_t image) const { return planes_[static_cast<std::size_t>(image)]; }
  /// Whether the words of filter tiles stay where they are, the same for as long as their owner lives.
  bool filters_in_place() const { return !filters_in_place_.empty(); }
  /// All filter words that have arrived, M C R S.
  Span<const StoredWord> filters() const {
    return filters_in_place_.empty() ? Span<const StoredWord>(filters_) : filters_in_place_;
  }

  /// Throws Error (run_failed) unless these tiles lie in the buffer: what a pass is about to work on.
  void expect(const FeatureTile& ifmap_tile, std::int64_t filter_tile) const;

 private:
  void put_tile(const FeatureTile& tile, std::int64_t image, Span<const StoredWord> words);

  Span<const StoredWord> filters_in_place_;
  std::vector<StoredWord> filters_;
  ActivationWorths worths_;
  std::vector<PhasePlanes> planes_;
  FeatureTile ifmap_tile_{-1};
  std::int64_t filter_tile_ = -1;
};

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>

#include "hw/array/tiled_schedule.hpp"

namespace lacuna {

/// The physical array and what it does with the windows of one layer. Both levels read this one struct.
struct LaneSkipShape {
  std::int64_t lanes = 16;         ///< neuron lanes of a unit: PE rows
  std::int64_t columns = 256;      ///< filter lanes of all units: PE columns
  std::int64_t filter_lanes = 16;  ///< of a unit
  std::int64_t brick = 16;         ///< channels of a brick
  bool skips = true;               ///< lanes skip zero activations; else all are in step, as in the dense base
  std::int64_t empty_brick_cycles = 1;
  bool window_sync = true;

  std::int64_t units() const { return columns / filter_lanes; }
};

/// How the words under one window of a pass are dealt to the lanes. Positions, n, count filter rows, filter columns and
/// blocks of channels, blocks innermost. Where lanes skip, position n is a brick and all of it goes to lane n mod L; in
/// the dense base a block is one channel for each lane, and all lanes are at the same position.
struct LaneSkipDeal {
  LaneSkipDeal(const LaneSkipShape& array, const LayerShape& layer, const TiledPass& pass)
      : words(layer.R * layer.S),
        channels(pass.taps / words),
        width(array.skips ? array.brick : array.lanes),
        blocks(ceil_div(channels, width)),
        positions(words * blocks),
        lanes(std::min(array.lanes, array.skips ? positions : channels)),
        folds(ceil_div(pass.filters, array.columns)),
        columns(std::min(array.columns, pass.filters)),
        all_lanes_(array.lanes),
        skips_(array.skips) {}

  /// Of a tap, counted from the first one of the pass.
  std::int64_t lane(std::int64_t tap) const {
    const std::int64_t channel = tap / words;
    if (!skips_) return channel % all_lanes_;
    return (tap % words * blocks + channel / width) % all_lanes_;
  }
  /// Of a position: first channel and channels, of those of the pass.
  std::int64_t first_channel(std::int64_t position) const { return position % blocks * width; }
  std::int64_t channels_at(std::int64_t position) const { return std::min(width, channels - first_channel(position)); }
  /// Filters of the pass that a fold works on: they count from fold x columns of the array.
  std::int64_t filters(std::int64_t fold, std::int64_t all_filters) const {
    return fold + 1 < folds ? columns : all_filters - fold * columns;
  }

  std::int64_t words;      ///< R S
  std::int64_t channels;   ///< of the pass
  std::int64_t width;      ///< of a block, channels
  std::int64_t blocks;     ///< of channels
  std::int64_t positions;  ///< of a window
  std::int64_t lanes;      ///< that take part
  std::int64_t folds;      ///< rounds over all windows, each with as many filters as there are columns
  std::int64_t columns;    ///< that take part in the first of them

 private:
  std::int64_t all_lanes_;
  bool skips_;
};

}  // namespace lacuna

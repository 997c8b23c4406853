// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>

#include "hw/array/tiled_schedule.hpp"
#include "hw/mac/mac_rate.hpp"

namespace lacuna {

/// The physical array and its pace at the widths of one layer. Both levels read this one struct.
struct InnerProductShape {
  std::int64_t windows = 16;  ///< side by side
  std::int64_t filters = 16;  ///< side by side: PE columns
  std::int64_t lanes = 16;    ///< MACs of a unit; PE rows are windows x lanes, window by window
  MacRate rate;               ///< of a MAC: of operand pairs in an issue, and edges that it takes
  bool over_window = false;   ///< lanes take the whole flattened window, not the channels of one filter position
  bool serial_fc = false;     ///< windows share the bricks of FC layers
  std::int64_t tree_latency = 0;
  std::int64_t stagger =
      1;  ///< edges from an issue of one window of units to that of the next, where they share bricks

  /// Operand pairs of a step of a unit.
  std::int64_t width() const { return lanes * rate.macs; }
  std::int64_t rows() const { return windows * lanes; }
};

/// What a pass works on: all filters with all taps at all pixels of so many ofmap planes, or strips of them.
struct InnerProductBox {
  std::int64_t filters = 1;
  std::int64_t images = 1;
  std::int64_t plane = 1;  ///< pixels of an image
  std::int64_t taps = 1;
};

/// One step of a pass.
struct InnerProductIssue {
  std::int64_t fold = 0;
  std::int64_t pixel = 0;    ///< first one, counted over all images
  std::int64_t windows = 1;  ///< pixels side by side
  std::int64_t step = 0;     ///< of the windows
};

/// How a pass lies on the array: folds of filters, in each the pallets (pixels of one image, side by side), in each the
/// steps, each of which takes the next words of every window. Steps count filter rows, filter columns and blocks of
/// channels, blocks innermost; or, over the window, parts of the taps in C R S order.
struct InnerProductDeal {
  InnerProductDeal(const InnerProductShape& array, const LayerShape& layer, const InnerProductBox& box);

  /// Words of a window in a step.
  std::int64_t words_at(std::int64_t step) const;
  /// Tap of one of them, counted from the first one of the pass.
  std::int64_t tap(std::int64_t step, std::int64_t word) const;
  /// Filters that a fold works on: they count from fold x filters of the array.
  std::int64_t filters_at(std::int64_t fold) const { return std::min(filters_a_fold, filters - fold * filters_a_fold); }
  /// Steps of the pass, over all folds and pallets, and one of them.
  std::int64_t issues() const { return folds * images * pallets * steps; }
  InnerProductIssue issue(std::int64_t number) const;

  // Closed forms, in edges from the first issue on.

  /// Of the last issue. Windows that share bricks take turns; a window that is not free yet holds the others up.
  std::int64_t last_issue() const {
    const std::int64_t last = issues() - 1;
    if (!staggered) return last * cycles;
    return last / all_windows * std::max(cycles, all_windows * stagger) + last % all_windows * stagger;
  }
  /// After which the pass has ended.
  std::int64_t edges() const { return last_issue() + cycles + tree_latency; }

  // Counts of the whole pass.

  /// Filter words off the buffer: once a step for all windows.
  std::int64_t weights_read() const { return filters * taps * images * pallets; }
  /// Where they lie in a tile store, rows of it: each word of a step for all filters of a fold.
  std::int64_t rows_read() const { return folds * taps * images * pallets; }
  /// In registers: in front of all windows, or in each of them where they may hold different ones.
  std::int64_t weights_registered(const InnerProductShape& array) const {
    return array.serial_fc ? filters * taps * images * plane : weights_read();
  }
  /// Of the lanes of a unit, one in each edge of a step.
  std::int64_t sums() const { return filters * images * plane * steps * cycles; }
  std::int64_t pes() const { return windows * columns * lanes; }

  std::int64_t positions;  ///< of a filter
  std::int64_t taps;       ///< of the pass
  std::int64_t width;      ///< words of a full step
  std::int64_t blocks;     ///< of channels; 0 over the window
  std::int64_t steps;      ///< of a window
  std::int64_t images;
  std::int64_t plane;           ///< pixels of an image
  std::int64_t filters;         ///< of the pass
  std::int64_t filters_a_fold;  ///< side by side
  std::int64_t folds;
  std::int64_t all_windows;  ///< of the array
  std::int64_t pallets;      ///< of an image
  bool staggered;            ///< windows of units take the steps in turn, instead of all the same one
  std::int64_t cycles;       ///< edges of a step
  std::int64_t tree_latency;
  std::int64_t stagger;
  // PEs that take part: units of (window < windows, filter < columns), of each the first lanes.
  std::int64_t windows;
  std::int64_t columns;
  std::int64_t lanes;
};

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "hw/array/event_buffer.hpp"
#include "hw/array/schedule.hpp"
#include "hw/mac/layer_psums.hpp"

namespace lacuna {

/// Products that a pass adds to an ofmap tile: some filters with some taps at some outputs, all with all. Filters count
/// from the tile's first channel, taps by position in C R S order, outputs by image, row, column within the tile.
struct Products {
  std::int64_t ofmap_tile = 0;
  std::int64_t first_filter = 0;
  std::int64_t filters = 1;
  std::int64_t first_tap = 0;
  std::int64_t taps = 1;
  std::int64_t first_output = 0;
  std::int64_t outputs = 1;
};

/// The arithmetic of an event-driven array, the same for every kind: passes say which products they have made, and the
/// psums of an ofmap tile are computed at once from the operands that have arrived, in the machine's order where it
/// matters.
class EventPsums {
 public:
  EventPsums(const LayerShape& shape, const LayerSchedule& schedule, const Mac& mac, const Arithmetic& arithmetic,
             const EventBuffer& buffer);
  /// The filters of the buffer tap by tap, where they are at hand and the buffer has them in place.
  void know_filters_by_tap(Span<const StoredWord> filters) { filters_by_tap_ = filters; }
  /// The same as bits, where they are signs.
  void know_filter_signs(Span<const StoredWord> signs) { filter_signs_ = signs; }

  /// A pass has made these products. Throws Error (run_failed) where taps are left out or come twice.
  void add(const Products& products);
  /// Throws Error (run_failed) unless every product of the tile has been made once.
  void expect_complete(std::int64_t ofmap_tile) const;
  /// Psums of a complete tile: image, channel, row, column.
  std::vector<Word> compute(std::int64_t ofmap_tile);

 private:
  /// A group of filters that meets a group of outputs: (first filter, filters, first output, outputs).
  using Meeting = std::tuple<std::int64_t, std::int64_t, std::int64_t, std::int64_t>;
  /// What has been made of an ofmap tile.
  struct Progress {
    std::vector<std::pair<Meeting, std::int64_t>> taps_met;  ///< ascending
    std::size_t next = 0;                                    ///< the one behind that of the last pass
    std::int64_t products = 0;
  };
  static std::int64_t& taps_met(Progress& tile, const Meeting& meeting);

  LayerShape shape_;
  const LayerSchedule& schedule_;
  const EventBuffer& buffer_;
  const Mac& mac_;
  const Arithmetic arithmetic_;
  AccumulationOrder order_;
  Span<const StoredWord> filters_by_tap_;
  Span<const StoredWord> filter_signs_;
  std::optional<LayerPsums> layer_;  ///< once psums are asked for
  std::vector<Progress> tiles_;
};

}  // namespace lacuna

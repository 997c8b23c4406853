// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>

#include "hw/array/mapping_space.hpp"
#include "hw/array/row_stationary/config.hpp"
#include "hw/array/tiling.hpp"

namespace lacuna {

/// Closed forms of what mappings of one layer cost on one row-stationary array. Words and events are those of the
/// machine, summed up over its passes; cycles take a pass for as long as its filters take to load and then the longest
/// of compute, psum buses and ifmap bus.
class RowStationaryCosts {
 public:
  explicit RowStationaryCosts(const MappingContext& context);

  /// Of a legal mapping.
  void exact(const RowStationaryMapping& mapping, MappingCost& cost) const;

  /// What is known of a mapping before its filters are dealt out.
  struct Bounds {
    std::int64_t most_sets = 1;       ///< t
    std::int64_t most_in_pass = 1;    ///< p t
    std::int64_t most_in_buffer = 1;  ///< m
  };
  /// At most, number by number, what the mappings with these n, e, q, r cost whose p, t and m respect the bounds.
  void at_least(const RowStationaryMapping& mapping, const Bounds& bounds, MappingCost& cost) const;

 private:
  /// Sums over the passes of a group.
  struct Sums {
    std::int64_t batches = 1;
    std::int64_t strips = 1;
    std::int64_t rows = 1;  ///< ifmap rows, of all strips
    std::int64_t channel_tiles = 1;
    std::int64_t channel_slots = 1;  ///< q of all channel tiles
    std::int64_t m_tiles = 1;
    std::int64_t filter_tiles = 1;  ///< of all m tiles
    std::int64_t set_tiles = 1;     ///< t times those
    std::int64_t pe_filters = 1;    ///< p of all filter tiles
    std::int64_t filter_slots = 1;  ///< p t of all filter tiles
    std::int64_t psum_beats = 1;    ///< of one window of one ofmap row, all filter tiles
  };
  void cut(const RowStationaryMapping& mapping, Sums& sums) const;
  void count_traffic(const Sums& sums, MappingCost& cost) const;
  void count_events(const Sums& sums, std::int64_t r, MappingCost& cost) const;
  void estimate_cycles(const RowStationaryMapping& mapping, const std::array<Parts, 4>& filters,
                       MappingCost& cost) const;

  const LayerShape shape_;
  const RowStationaryUnits units_;
  const Gating gating_;
  const RowStationaryGrid grid_;  ///< of all mappings, but for r, t and e
  const std::int64_t E_;
  const std::int64_t F_;
  const std::int64_t width_;  ///< ifmap columns that a pass sends
};

}  // namespace lacuna

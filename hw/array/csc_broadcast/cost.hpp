// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/array/csc_broadcast/config.hpp"
#include "hw/array/mapping_space.hpp"

namespace lacuna {

/// What a mapping costs by closed form on data without zeros: every input is broadcast, and a PE takes as many cycles
/// for each as it has rows. There the cycles are exact too; zeros make all numbers but those of DRAM smaller.
class CscBroadcastCosts {
 public:
  explicit CscBroadcastCosts(const MappingContext& context);

  /// The mapping is cut to the layer.
  MappingCost of(const CscBroadcastMapping& mapping) const;

 private:
  /// Sums that the events are made of.
  struct Sums {
    std::int64_t broadcasts = 0;
    std::int64_t bypasses = 0;
    std::int64_t pointer_writes = 0;
    std::int64_t row_reads = 0;
    std::int64_t row_writes = 0;
  };
  /// PEs that hold equally many rows of a tile.
  struct Rows {
    std::int64_t pes = 0;
    std::int64_t rows = 0;
  };

  void add_tiles(std::int64_t m, std::int64_t tiles, const CscBroadcastMapping& map, MappingCost& cost,
                 Sums& sums) const;
  void add_batches(std::int64_t m, std::int64_t inputs, std::int64_t count, MappingCost& cost, Sums& sums) const;
  std::int64_t bypasses_of_pe(std::int64_t rows, std::int64_t most_rows, std::int64_t inputs) const;
  std::int64_t psum_moves(const CscBroadcastMapping& map) const;
  void count_dram(const CscBroadcastMapping& map, MappingCost& cost) const;

  const LayerShape shape_;
  const CscBroadcastConfig array_;
  const std::int64_t entries_per_row_;
  const std::int64_t inputs_;  ///< of a group
};

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "hw/array/cartesian_product/config.hpp"
#include "hw/array/tiled_schedule.hpp"

namespace lacuna {

/// A layer cut into passes of a Cartesian-product array: one for each group of ofmap channels of a tile. Both levels
/// run from this one object.
class CartesianSchedule : public TiledSchedule {
 public:
  /// The mapping is legal (broken_capacity is "").
  CartesianSchedule(const MappingContext& context, const CartesianMapping& mapping);

  /// All taps in order, which is as good as any: chips with this array do not saturate (ArrayKind::saturates).
  AccumulationOrder accumulation_order() const override;

  CartesianGrid grid(const TiledPass& pass) const { return {array, shape(), ofmap_tile(pass).rows}; }
  /// Whether a PE has words in any pass.
  bool covers(std::int64_t pe) const;
  /// Whether a pass adds to the same tile in the global buffer as the one before it.
  bool same_tile(std::int64_t pass) const { return pass > 0 && at(pass).ofmap_tile == at(pass - 1).ofmap_tile; }
  std::vector<std::int64_t> filter_positions(std::int64_t tile) const override;
  std::string filter_tiling() const override;
  /// Place of a weight among those of the pass, as they come over the link; k counts within the pass.
  std::int64_t weight_place(const TiledPass& pass, std::int64_t tap, std::int64_t k) const {
    const std::int64_t words = shape().R * shape().S;
    return (tap - tap % words + place_in_filter_[static_cast<std::size_t>(tap % words)]) * pass.filters + k;
  }
  const TiledPass& at(std::int64_t pass) const { return pass_list[static_cast<std::size_t>(pass)]; }
  /// Algebraic MACs of a pass.
  std::int64_t macs(const TiledPass& pass) const { return pass.filters * pass.taps * pass.pixels; }

  CartesianShape array;
  Gating gating;
  bool stored = false;  ///< filters come from a decoder, through a tile store
  std::vector<TiledPass> pass_list;

 private:
  /// The order of the words of a filter in one channel: row by row or, for a tile store, phase by phase of the stride.
  std::vector<std::int64_t> order_in_filter() const;
  void cut_box(const TiledPass& box) override;

  std::int64_t k_;
  /// Of the words of a filter in one channel, row by row: where they stand among those of a channel in a tile.
  std::vector<std::int64_t> place_in_filter_;
  std::int64_t used_rows_ = 0;
  std::int64_t used_columns_ = 0;
};

}  // namespace lacuna

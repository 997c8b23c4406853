// SPDX-License-Identifier: Apache-2.0
#pragma once

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
  const TiledPass& at(std::int64_t pass) const { return pass_list[static_cast<std::size_t>(pass)]; }
  /// Algebraic MACs of a pass.
  std::int64_t macs(const TiledPass& pass) const { return pass.filters * pass.taps * pass.pixels; }

  CartesianShape array;
  Gating gating;
  std::vector<TiledPass> pass_list;

 private:
  void cut_box(const TiledPass& box) override;

  std::int64_t k_;
  std::int64_t used_rows_ = 0;
  std::int64_t used_columns_ = 0;
};

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "hw/array/inner_product/config.hpp"
#include "hw/array/tiled_schedule.hpp"

namespace lacuna {

/// A layer cut into passes of an inner-product array: one for each tile of a TiledMapping, all filters of the m tile
/// and all windows of the ofmap tile. Both levels run from this one object.
class InnerProductSchedule : public TiledSchedule {
 public:
  /// The mapping is legal (broken_capacity is "").
  InnerProductSchedule(const MappingContext& context, const InnerProductMapping& mapping);

  AccumulationOrder accumulation_order() const override;

  InnerProductBox box(const TiledPass& pass) const;
  InnerProductDeal deal(const TiledPass& pass) const { return {array, shape(), box(pass)}; }

  InnerProductShape array;
  Gating gating;
  bool stored = false;  ///< filters come from a decoder, through a tile store
  std::vector<TiledPass> pass_list;

 private:
  void cut_box(const TiledPass& box) override;

  std::int64_t channel_tile_;
};

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "hw/array/lane_skip/config.hpp"
#include "hw/array/tiled_schedule.hpp"

namespace lacuna {

/// A layer cut into passes of a lane-skipping array: one for each tile of a TiledMapping, all filters of the m tile and
/// all windows of the ofmap tile. Both levels run from this one object.
class LaneSkipSchedule : public TiledSchedule {
 public:
  /// The mapping is legal (broken_capacity is "").
  LaneSkipSchedule(const MappingContext& context, const LaneSkipMapping& mapping);

  AccumulationOrder accumulation_order() const override;

  LaneSkipDeal deal(const TiledPass& pass) const { return {array, shape(), pass}; }
  /// Whether the ofmap words of a pass are whole when it ends.
  bool last_taps(const TiledPass& pass) const { return pass.tap + pass.taps == shape().C * shape().R * shape().S; }

  LaneSkipShape array;
  Gating gating;
  bool stored = false;  ///< filters come from a decoder, through a tile store
  bool encodes = true;  ///< ofmap words leave as bricks with offsets
  std::vector<TiledPass> pass_list;

 private:
  void cut_box(const TiledPass& box) override;

  std::int64_t channel_tile_;
};

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include "hw/array/lane_skip/schedule.hpp"

#include <algorithm>

#include "hw/array/lane_skip/mapping.hpp"

namespace lacuna {

LaneSkipSchedule::LaneSkipSchedule(const MappingContext& context, const LaneSkipMapping& mapping)
    : TiledSchedule(context.shape, cut_tiles(context.shape, mapping)),
      array(lane_skip_shape(context, cut_tiles(context.shape, mapping))),
      gating(static_cast<const LaneSkipConfig&>(*context.array).gating()),
      stored(context.filter_store_words > 0),
      encodes(static_cast<const LaneSkipConfig&>(*context.array).skip),
      channel_tile_(std::min(mapping.c, context.shape.C)) {
  cut_layer();
  if (stored) filter_reads = fetched_filter_words();  // a tile is decoded once for all passes on it
}

void LaneSkipSchedule::cut_box(const TiledPass& box) {
  TiledPass pass = box;
  add_pass(pass);
  pass_list.push_back(pass);
  const LaneSkipDeal dealt = deal(pass);
  active_pes = std::max(active_pes, dealt.lanes * dealt.columns);
}

/// A lane sums up what it is dealt, position by position; the tree then adds the sums of the lanes to the psum, lane by
/// lane.
AccumulationOrder LaneSkipSchedule::accumulation_order() const {
  AccumulationOrder order;
  for_parts(0, shape().C, channel_tile_, [&](std::int64_t channel, std::int64_t channels) {
    TiledPass pass;
    pass.tap = channel * shape().R * shape().S;
    pass.taps = channels * shape().R * shape().S;
    const LaneSkipDeal dealt = deal(pass);
    const std::size_t first = order.size();
    order.resize(first + static_cast<std::size_t>(dealt.lanes));
    for (std::int64_t n = 0; n < dealt.positions; ++n) {
      for (std::int64_t c = 0; c < dealt.channels_at(n); ++c) {
        const std::int64_t tap = (dealt.first_channel(n) + c) * dealt.words + n / dealt.blocks;
        order[first + static_cast<std::size_t>(dealt.lane(tap))].push_back(pass.tap + tap);
      }
    }
  });
  return order;
}

}  // namespace lacuna

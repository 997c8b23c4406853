// SPDX-License-Identifier: Apache-2.0
#include "hw/array/lane_skip/cost.hpp"

#include <algorithm>

#include "hw/array/tiled_space.hpp"

namespace lacuna {

LaneSkipCosts::LaneSkipCosts(const MappingContext& context)
    : context_(context), shape_(context.shape), encodes_(static_cast<const LaneSkipConfig&>(*context.array).skip) {}

LaneSkipCosts::Window LaneSkipCosts::window(const LaneSkipShape& array, std::int64_t channels) const {
  const auto known = windows_.find({array.skips, channels});
  if (known != windows_.end()) return known->second;
  TiledPass pass;
  pass.taps = channels * shape_.R * shape_.S;
  const LaneSkipDeal deal(array, shape_, pass);
  Window window{deal.positions, pass.taps, 0};
  if (array.skips) {
    std::vector<std::int64_t> lanes(static_cast<std::size_t>(array.lanes), 0);
    for (std::int64_t n = 0; n < deal.positions; ++n) {
      lanes[static_cast<std::size_t>(n % array.lanes)] += deal.channels_at(n);
    }
    window.cycles = *std::max_element(lanes.begin(), lanes.end());
    window.bricks = deal.positions;
  }
  return windows_[{array.skips, channels}] = window;
}

void LaneSkipCosts::exact(const LaneSkipMapping& map, MappingCost& cost) const {
  const LaneSkipShape array = lane_skip_shape(context_, map);
  const std::int64_t windows = shape_.N * shape_.E() * shape_.F();
  cost.cycles = cost.buffer_ifmap_reads = cost.buffer_psum_reads = 0;
  std::int64_t bricks = 0;
  std::int64_t rows_read = 0;
  std::int64_t idle = 0;
  for (const Parts& m : parts_of(shape_.M / shape_.G, map.m)) {
    for (const Parts& c : parts_of(shape_.C, map.c)) {
      const std::int64_t count = shape_.G * m.count * c.count * windows;
      if (count == 0) continue;
      const Window one = window(array, c.size);
      const std::int64_t folds = ceil_div(m.size, array.columns);
      cost.cycles += count * folds * one.cycles;
      cost.buffer_ifmap_reads += count * folds * one.taps;
      cost.buffer_psum_reads += count * m.size;
      bricks += count * folds * one.bricks;
      rows_read += count * ceil_div(m.size, array.filter_lanes) * one.taps;
      idle += count * folds * (array.lanes * one.cycles - one.taps);
    }
  }
  TiledPass pass;
  pass.taps = map.c * shape_.R * shape_.S;
  pass.filters = map.m;
  const LaneSkipDeal deal(array, shape_, pass);
  cost.active_pes = deal.lanes * deal.columns;
  // Words flow into the lanes, and synapses out of their buffers, as long as lanes work.
  cost.compute_cycles = cost.port_cycles = cost.filter_cycles = cost.cycles;
  if (context_.filter_store_words > 0) cost.filter_cycles = 0;  // once decoded, a tile is in no one's way
  cost.load_cycles = 0;
  cost.macs_performed = shape_.macs();
  cost.events.assign({0,                                          // mac.gated
                      bricks,                                     // nm.read
                      array.skips ? cost.buffer_ifmap_reads : 0,  // offset.decode
                      rows_read,                                  // sb.read
                      cost.buffer_psum_reads,                     // adder_tree.op
                      cost.buffer_psum_reads,                     // nbout.write
                      encodes_ ? windows * shape_.M : 0,          // encoder.op
                      idle});                                     // lane.idle
  count_box_dram(shape_, map, cost);
  // They are sb.read. A tile store has each tile decoded as often as it is fetched.
  cost.buffer_filter_reads = context_.filter_store_words > 0 ? cost.dram_filter_words : 0;
}

/// All that more m tiles can only add to is least with one.
void LaneSkipCosts::at_least(LaneSkipMapping map, std::int64_t most_channels, MappingCost& cost) const {
  const std::int64_t filters = shape_.M / shape_.G;
  map.m = 1;
  exact(map, cost);
  const std::int64_t fewest_pes = cost.active_pes;
  map.m = filters;
  exact(map, cost);
  cost.active_pes = fewest_pes;
  cost.dram_ifmap_words = fetched_ifmap_words(shape_, map, ceil_div(filters, most_channels));
}

}  // namespace lacuna

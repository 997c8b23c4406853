// SPDX-License-Identifier: Apache-2.0
#include "hw/array/lane_skip/mapping.hpp"
#include "hw/array/tiling.hpp"

namespace lacuna {

std::vector<std::string> explain_lane_skip(const MappingContext& context, const LaneSkipMapping& map) {
  const LayerShape& shape = context.shape;
  const LaneSkipShape array = lane_skip_shape(context, map);
  const std::int64_t filters = shape.M / shape.G;
  TiledPass pass;
  pass.taps = map.c * shape.R * shape.S;
  pass.filters = map.m;
  const LaneSkipDeal deal(array, shape, pass);
  const std::string in_time =
      array.skips ? "bricks of " + std::to_string(array.brick) + " channels, dealt to " + std::to_string(array.lanes) +
                        " lanes, which skip zero activations"
                  : "blocks of " + std::to_string(array.lanes) + " channels, a lane each: all lanes in step";
  return {
      loop_line(0, shape.G, "group", filters, "ofmap channels"),
      loop_line(1, ceil_div(filters, map.m), "tile", map.m, "ofmap channels (m): their psums lie in the global buffer"),
      loop_line(2, ceil_div(shape.N, map.n), "batch", map.n, "images (n)"),
      loop_line(3, ceil_div(shape.E(), map.e), "strip", map.e, "ofmap rows (e)"),
      loop_line(4, ceil_div(shape.C, map.c), "tile", map.c, "channels (c): their ifmap rows lie in the global buffer"),
      loop_line(5, deal.folds, "fold", deal.columns,
                "filters, in " + std::to_string(array.units()) + " units x " + std::to_string(array.filter_lanes) +
                    " filter lanes"),
      loop_line(6, map.n * map.e * shape.F(), "window", deal.positions, in_time),
  };
}

}  // namespace lacuna

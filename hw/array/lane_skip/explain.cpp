// SPDX-License-Identifier: Apache-2.0
#include "hw/array/lane_skip/mapping.hpp"
#include "hw/array/tiled_loops.hpp"

namespace lacuna {

std::vector<std::string> explain_lane_skip(const MappingContext& context, const LaneSkipMapping& map) {
  const LayerShape& shape = context.shape;
  const LaneSkipShape array = lane_skip_shape(context, map);
  TiledPass pass;
  pass.taps = map.c * shape.R * shape.S;
  pass.filters = map.m;
  const LaneSkipDeal deal(array, shape, pass);
  const std::string in_time =
      array.skips ? "bricks of " + std::to_string(array.brick) + " channels, dealt to " + std::to_string(array.lanes) +
                        " lanes, which skip zero activations"
                  : "blocks of " + std::to_string(array.lanes) + " channels, a lane each: all lanes in step";
  std::vector<std::string> lines = tile_loop_lines(shape, map);
  lines.insert(lines.end(), {
                                loop_line(5, deal.folds, "fold", deal.columns,
                                          "filters, in " + std::to_string(array.units()) + " units x " +
                                              std::to_string(array.filter_lanes) + " filter lanes"),
                                loop_line(6, map.n * map.e * shape.F(), "window", deal.positions, in_time),
                            });
  return lines;
}

}  // namespace lacuna

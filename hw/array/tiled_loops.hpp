// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "hw/array/tiled_mapping.hpp"
#include "hw/array/tiling.hpp"

namespace lacuna {

/// The outer five loops of a mapping that is cut to the layer, down to the tiles in the global buffer, for people.
inline std::vector<std::string> tile_loop_lines(const LayerShape& shape, const TiledMapping& map) {
  const std::int64_t filters = shape.M / shape.G;
  return {
      loop_line(0, shape.G, "group", filters, "ofmap channels"),
      loop_line(1, ceil_div(filters, map.m), "tile", map.m, "ofmap channels (m): their psums lie in the global buffer"),
      loop_line(2, ceil_div(shape.N, map.n), "batch", map.n, "images (n)"),
      loop_line(3, ceil_div(shape.E(), map.e), "strip", map.e, "ofmap rows (e)"),
      loop_line(4, ceil_div(shape.C, map.c), "tile", map.c, "channels (c): their ifmap rows lie in the global buffer"),
  };
}

}  // namespace lacuna

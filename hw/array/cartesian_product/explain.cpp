// SPDX-License-Identifier: Apache-2.0
#include "hw/array/cartesian_product/mapping.hpp"
#include "hw/array/tiling.hpp"

namespace lacuna {

std::vector<std::string> explain_cartesian(const MappingContext& context, const CartesianMapping& map) {
  const LayerShape& shape = context.shape;
  const CartesianShape array = static_cast<const CartesianConfig&>(*context.array).shape();
  const CartesianGrid grid(array, shape, map.e);
  const std::int64_t filters = shape.M / shape.G;
  const std::string vectors = std::to_string(array.ifmap_lanes) + " activations x " +
                              std::to_string(array.filter_lanes) + " weights" +
                              (array.dense ? ", zeros too" : ", none of them zero");
  const std::string dealt = grid.fc ? "inputs, dealt to " + std::to_string(grid.used_pes()) + " PEs one by one"
                                    : "PEs, each with a tile of " + std::to_string(grid.rows.tile()) + " x " +
                                          std::to_string(grid.columns.tile()) + " of the plane: vectors of " + vectors;
  return {
      loop_line(0, shape.G, "group", filters, "ofmap channels"),
      loop_line(1, ceil_div(filters, map.m), "tile", map.m, "ofmap channels (m): their psums lie in the global buffer"),
      loop_line(2, shape.N, "batch", 1, "image"),
      loop_line(3, ceil_div(shape.E(), map.e), "strip", map.e, "ofmap rows (e)"),
      loop_line(4, ceil_div(map.m, map.k), "group", map.k, "ofmap channels (k): their sums lie in the accumulators"),
      loop_line(5, shape.C, "channel", grid.fc ? shape.R * shape.S : grid.used_pes(), dealt),
  };
}

}  // namespace lacuna

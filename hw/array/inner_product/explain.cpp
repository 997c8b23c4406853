// SPDX-License-Identifier: Apache-2.0
#include "hw/array/inner_product/mapping.hpp"
#include "hw/array/tiled_loops.hpp"

namespace lacuna {

std::vector<std::string> explain_inner_product(const MappingContext& context, const InnerProductMapping& map) {
  const LayerShape& shape = context.shape;
  const InnerProductShape array = inner_product_shape(context);
  const InnerProductDeal deal(array, shape, {map.m, map.n, map.e * shape.F(), map.c * shape.R * shape.S});
  const std::string each = std::to_string(deal.cycles) + (deal.cycles == 1 ? " cycle" : " cycles") + " each";
  const std::string turns =
      deal.staggered ? ": " + std::to_string(deal.windows) + " columns of units take them in turn, one an edge" : "";
  std::vector<std::string> lines = tile_loop_lines(shape, map);
  lines.insert(lines.end(), {
                                loop_line(5, deal.folds, "fold", deal.columns, "filters side by side"),
                                loop_line(6, deal.images * deal.pallets, "pallet", std::min(array.windows, deal.plane),
                                          "windows of an image side by side"),
                                loop_line(7, deal.steps, "step", deal.words_at(0),
                                          (array.over_window ? "words of every window, "
                                                             : "channels of a filter position of every window, ") +
                                              each + turns),
                            });
  return lines;
}

}  // namespace lacuna

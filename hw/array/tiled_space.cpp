// SPDX-License-Identifier: Apache-2.0
#include "hw/array/tiled_space.hpp"

#include <algorithm>

namespace lacuna {

std::vector<std::int64_t> tile_sizes(std::int64_t whole, std::int64_t per_step, std::int64_t side, bool folded) {
  std::vector<std::int64_t> sizes = even_parts(whole);
  if (!folded) return sizes;
  for (std::int64_t end = side; end < whole * per_step; end += side) {
    const std::int64_t size = end / per_step;
    if (size >= 1 && size != sizes.back()) sizes.push_back(size);
  }
  std::sort(sizes.rbegin(), sizes.rend());
  sizes.erase(std::unique(sizes.begin(), sizes.end()), sizes.end());
  return sizes;
}

std::int64_t whole_folds(std::int64_t filters, std::int64_t side, std::int64_t most) {
  const std::int64_t step = std::min(side, most);
  const std::int64_t folds = ceil_div(filters, step);
  return std::min(step * ceil_div(folds, ceil_div(folds, most / step)), filters);
}

void count_box_dram(const LayerShape& shape, const TiledMapping& map, MappingCost& cost) {
  const bool filters_stay = map.c >= shape.C;  // an m tile is one filter tile
  const std::int64_t pixel_tiles = ceil_div(shape.N, map.n) * ceil_div(shape.E(), map.e);
  cost.dram_filter_words = shape.filter_words() * (filters_stay ? 1 : pixel_tiles);
  cost.dram_ifmap_words = fetched_ifmap_words(shape, map, ceil_div(shape.M / shape.G, map.m));
  cost.dram_ofmap_words = shape.N * shape.ofmap_words();
}

}  // namespace lacuna

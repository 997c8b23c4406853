// SPDX-License-Identifier: Apache-2.0
#include "hw/array/lane_skip/mapping.hpp"

#include <algorithm>

#include "hw/array/tiling.hpp"

namespace lacuna {

std::string broken_capacity(const MappingContext& context, const LaneSkipMapping& mapping) {
  const LaneSkipMapping map = cut_tiles(context.shape, mapping);
  TileWords words = feature_tile_words(context.shape, map);
  words.filter = map.m * map.c * context.shape.R * context.shape.S;
  return broken_buffer(context, words);
}

std::int64_t most_channels(const MappingContext& context, const LaneSkipMapping& mapping) {
  const LaneSkipMapping map = cut_tiles(context.shape, mapping);
  const std::int64_t by_filters = filter_words_in(context) / (map.c * context.shape.R * context.shape.S);
  const std::int64_t by_psums = std::max<std::int64_t>(most_channels_by_psums(context, map), 0);
  return std::min({by_psums, by_filters, context.shape.M / context.shape.G});
}

}  // namespace lacuna

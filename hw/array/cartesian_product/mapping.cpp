// SPDX-License-Identifier: Apache-2.0
#include "hw/array/cartesian_product/mapping.hpp"

#include <algorithm>

#include "hw/array/tiling.hpp"

namespace lacuna {

namespace {

const CartesianConfig& array_of(const MappingContext& context) {
  return static_cast<const CartesianConfig&>(*context.array);
}

std::int64_t sums_per_channel(const MappingContext& context, std::int64_t e) {
  return CartesianGrid(array_of(context).shape(), context.shape, e).sums_per_channel();
}

CartesianMapping strips(const MappingContext& context, std::int64_t e) {
  CartesianMapping map;
  map.e = e;
  return cut_groups(context.shape, map);
}

}  // namespace

std::string broken_capacity(const MappingContext& context, const CartesianMapping& mapping) {
  const CartesianConfig& array = array_of(context);
  const CartesianMapping map = cut_groups(context.shape, mapping);
  if (context.shape.D != 1) {
    return "dilation = " + std::to_string(context.shape.D) +
           ", but the array cartesian_product meets all weights of a filter with neighbouring activations; allowed 1";
  }
  if ((array.accumulator_banks & (array.accumulator_banks - 1)) != 0) {
    return "/chip/array/accumulator_banks: found " + std::to_string(array.accumulator_banks) +
           ", which bits of an address do not tell apart; allowed a power of two";
  }
  const std::int64_t sums = map.k * sums_per_channel(context, map.e);
  if (sums > array.accumulator_entries) {
    return over_capacity("sums that a PE holds for k = " + std::to_string(map.k) + " ofmap channels", sums, "sums",
                         array.accumulator_entries, "/chip/array/accumulator_entries");
  }
  TileWords words = feature_tile_words(context.shape, map);
  words.filter = map.k * map.c * context.shape.R * context.shape.S;
  return broken_buffer(context, words);
}

std::int64_t most_in_group(const MappingContext& context, std::int64_t e) {
  const LayerShape& shape = context.shape;
  return std::min({array_of(context).accumulator_entries / sums_per_channel(context, e),
                   filter_words_in(context) / (shape.C * shape.R * shape.S), shape.M / shape.G});
}

std::int64_t most_in_tile(const MappingContext& context, std::int64_t e) {
  const std::int64_t by_psums = most_channels_by_psums(context, strips(context, e));
  return std::min(std::max<std::int64_t>(by_psums, 0), context.shape.M / context.shape.G);
}

}  // namespace lacuna

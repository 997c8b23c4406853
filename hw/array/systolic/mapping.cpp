// SPDX-License-Identifier: Apache-2.0
#include "hw/array/systolic/mapping.hpp"

#include <algorithm>

#include "hw/array/tiling.hpp"

namespace lacuna {

namespace {

/// Words of the largest tiles of a mapping that is cut to the layer.
TileWords tile_words(const MappingContext& context, const SystolicMapping& map) {
  const LayerShape& shape = context.shape;
  const SystolicArrayShape array = systolic_array(context);
  const std::int64_t taps = map.c * shape.R * shape.S;
  TileWords words = feature_tile_words(shape, map);
  switch (array.dataflow) {
    case SystolicDataflow::output_stationary:
      words.filter = taps * std::min(array.columns, map.m);
      break;
    case SystolicDataflow::weight_stationary:
      words.filter = std::min(array.taps_of_rows(), taps) * std::min(array.columns, map.m);
      break;
    case SystolicDataflow::input_stationary:
      words.filter = std::min(array.taps_of_rows(), taps) * map.m;
      break;
  }
  return words;
}

/// "" when the FIFO of a weight decoder, if there is one, holds all the weights that may enter the array at an edge.
std::string broken_weight_fifo(const MappingContext& context) {
  const SystolicArrayShape array = systolic_array(context);
  const std::int64_t words =
      (array.dataflow == SystolicDataflow::input_stationary ? array.rows : array.columns) * array.rate.macs;
  if (context.filter_fifo_words == 0 || words <= context.filter_fifo_words) return "";
  return over_capacity("weights that enter the array at an edge", words, "words", context.filter_fifo_words,
                       "/chip/weight_memory/fifo_values");
}

}  // namespace

SystolicMapping cut_to(const LayerShape& shape, const SystolicMapping& mapping) { return cut_tiles(shape, mapping); }

std::string broken_capacity(const MappingContext& context, const SystolicMapping& mapping) {
  const std::string broken = broken_weight_fifo(context);
  if (!broken.empty()) return broken;
  return broken_buffer(context, tile_words(context, cut_to(context.shape, mapping)));
}

std::int64_t most_channels(const MappingContext& context, const SystolicMapping& mapping) {
  if (!broken_weight_fifo(context).empty()) return 0;
  SystolicMapping map = cut_to(context.shape, mapping);
  map.m = 1;
  const TileWords one = tile_words(context, map);
  const std::int64_t by_psums = most_channels_by_psums(context, map);
  const std::int64_t by_filters = words_in(context, context.filter_banks, context.filter_room()) / one.filter;
  if (by_psums < 1 || by_filters < 1) return 0;
  // Where filters are columns, no more of them are in the buffer at once than there are columns.
  const SystolicArrayShape array = systolic_array(context);
  const bool filters_are_columns = array.dataflow != SystolicDataflow::input_stationary;
  const bool filters_bind = !filters_are_columns || by_filters < array.columns;
  return std::min({by_psums, filters_bind ? by_filters : by_psums, context.shape.M / context.shape.G});
}

}  // namespace lacuna

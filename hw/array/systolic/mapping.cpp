// SPDX-License-Identifier: Apache-2.0
#include "hw/array/systolic/mapping.hpp"

#include <algorithm>

#include "hw/array/tiling.hpp"

namespace lacuna {

namespace {

constexpr std::int64_t kBitsPerByte = 8;

SystolicArrayShape array_of(const MappingContext& context) {
  return static_cast<const SystolicConfig&>(*context.array).shape();
}

/// Words of the largest tiles of a mapping that is cut to the layer.
TileWords tile_words(const MappingContext& context, const SystolicMapping& map) {
  const LayerShape& shape = context.shape;
  const SystolicArrayShape array = array_of(context);
  const std::int64_t taps = map.c * shape.R * shape.S;
  TileWords words;
  words.ifmap = map.n * map.c * ((map.e - 1) * shape.U + shape.span_height()) * shape.padded_width();
  words.psum = map.n * map.m * map.e * shape.F();
  switch (array.dataflow) {
    case SystolicDataflow::output_stationary:
      words.filter = taps * std::min(array.columns, map.m);
      break;
    case SystolicDataflow::weight_stationary:
      words.filter = std::min(array.rows, taps) * std::min(array.columns, map.m);
      break;
    case SystolicDataflow::input_stationary:
      words.filter = std::min(array.rows, taps) * map.m;
      break;
  }
  return words;
}

/// How many tiles of what size a dimension is cut into.
struct Parts {
  std::int64_t size = 1;
  std::int64_t count = 0;
};

/// `whole` in tiles of `tile`: the full ones, then the rest.
std::vector<Parts> parts_of(std::int64_t whole, std::int64_t tile) {
  std::vector<Parts> parts = {{tile, whole / tile}};
  if (whole % tile != 0) parts.push_back({whole % tile, 1});
  return parts;
}

/// Cycles of all folds of one tile of filters x pixels x taps.
std::int64_t tile_cycles(const SystolicArrayShape& array, std::int64_t filters, std::int64_t pixels,
                         std::int64_t taps) {
  const std::int64_t skew = array.rows + array.columns - 2;
  switch (array.dataflow) {
    case SystolicDataflow::output_stationary:
      return ceil_div(pixels, array.rows) * ceil_div(filters, array.columns) * (taps + skew);
    case SystolicDataflow::weight_stationary:
      return ceil_div(taps, array.rows) * ceil_div(filters, array.columns) * (pixels + array.rows + skew);
    case SystolicDataflow::input_stationary:
      return ceil_div(taps, array.rows) * ceil_div(pixels, array.columns) * (filters + array.rows + skew);
  }
  return 0;
}

}  // namespace

SystolicMapping cut_to(const LayerShape& shape, const SystolicMapping& mapping) {
  SystolicMapping cut = mapping;
  cut.m = std::min(mapping.m, shape.M / shape.G);
  cut.n = std::min(mapping.n, shape.N);
  cut.e = std::min(mapping.e, shape.E());
  cut.c = std::min(mapping.c, shape.C);
  return cut;
}

std::string broken_capacity(const MappingContext& context, const SystolicMapping& mapping) {
  return broken_buffer(context, tile_words(context, cut_to(context.shape, mapping)));
}

std::int64_t most_channels(const MappingContext& context, const SystolicMapping& mapping) {
  SystolicMapping map = cut_to(context.shape, mapping);
  map.m = 1;
  if (!broken_capacity(context, map).empty()) return 0;
  const TileWords one = tile_words(context, map);
  const auto words_in = [&context](std::int64_t banks, std::int64_t bits) {
    return banks * context.bank_bytes * kBitsPerByte / bits;
  };
  const std::int64_t free_banks = context.banks - banks_for(context, one.ifmap, context.activation_bits);
  const std::int64_t by_psums = words_in(free_banks, context.psum_bits) / one.psum;
  const std::int64_t by_filters = words_in(context.filter_banks, context.weight_bits) / one.filter;
  // Where filters are columns, no more of them are in the buffer at once than there are columns.
  const SystolicArrayShape array = array_of(context);
  const bool filters_are_columns = array.dataflow != SystolicDataflow::input_stationary;
  const bool filters_bind = !filters_are_columns || by_filters < array.columns;
  return std::min({by_psums, filters_bind ? by_filters : by_psums, context.shape.M / context.shape.G});
}

std::int64_t fold_cycles(const MappingContext& context, const SystolicMapping& mapping) {
  const LayerShape& shape = context.shape;
  const SystolicArrayShape array = array_of(context);
  const SystolicMapping map = cut_to(shape, mapping);
  std::int64_t cycles = 0;
  for (const Parts& m : parts_of(shape.M / shape.G, map.m)) {
    for (const Parts& n : parts_of(shape.N, map.n)) {
      for (const Parts& e : parts_of(shape.E(), map.e)) {
        for (const Parts& c : parts_of(shape.C, map.c)) {
          cycles += m.count * n.count * e.count * c.count *
                    tile_cycles(array, m.size, n.size * e.size * shape.F(), c.size * shape.R * shape.S);
        }
      }
    }
  }
  return shape.G * cycles;
}

}  // namespace lacuna

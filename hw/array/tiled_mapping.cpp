// SPDX-License-Identifier: Apache-2.0
#include "hw/array/tiled_mapping.hpp"

namespace lacuna {

void TiledMapping::describe(FieldVisitor& v) {
  constexpr std::int64_t kMost = 65536;
  v.integer(FieldInfo("m", "ofmap channels whose psums are in the global buffer", "channels").range(1, kMost).must(),
            m);
  v.integer(FieldInfo("n", "images of a tile; cut to the images that are left", "images").range(1, kMost).must(), n);
  v.integer(FieldInfo("e", "ofmap rows of a tile", "rows").range(1, kMost).must(), e);
  v.integer(FieldInfo("c", "ifmap channels of a tile", "channels").range(1, kMost).must(), c);
}

TileWords feature_tile_words(const LayerShape& shape, const TiledMapping& map) {
  TileWords words;
  words.ifmap = map.n * map.c * ((map.e - 1) * shape.U + shape.span_height()) * shape.padded_width();
  words.psum = map.n * map.m * map.e * shape.F();
  return words;
}

std::int64_t most_channels_by_psums(const MappingContext& context, const TiledMapping& map) {
  const TileWords words = feature_tile_words(context.shape, map);
  const std::int64_t free_banks = context.banks - banks_for(context, words.ifmap, context.activation_bits);
  return words_in(context, free_banks, context.psum_bits) / (words.psum / map.m);
}

std::string broken_box(const MappingContext& context, const TiledMapping& map) {
  TileWords words = feature_tile_words(context.shape, map);
  words.filter = map.m * map.c * context.shape.R * context.shape.S;
  return broken_buffer(context, words);
}

std::int64_t most_channels_of_box(const MappingContext& context, const TiledMapping& map) {
  const std::int64_t by_filters = filter_words_in(context) / (map.c * context.shape.R * context.shape.S);
  const std::int64_t by_psums = std::max<std::int64_t>(most_channels_by_psums(context, map), 0);
  return std::min({by_psums, by_filters, context.shape.M / context.shape.G});
}

std::int64_t fetched_ifmap_words(const LayerShape& shape, const TiledMapping& map, std::int64_t m_tiles) {
  const std::int64_t strips = ceil_div(shape.E(), map.e);
  const auto rows_of = [&shape](std::int64_t e) { return (e - 1) * shape.U + shape.span_height(); };
  const std::int64_t rows = (strips - 1) * rows_of(map.e) + rows_of(shape.E() - (strips - 1) * map.e);
  const bool one_tile = map.n >= shape.N && strips == 1 && map.c >= shape.C;  // not fetched again
  return shape.N * shape.G * shape.C * rows * shape.padded_width() * (one_tile ? 1 : m_tiles);
}

std::int64_t link_bits(const MappingContext& context, const TiledMapping& map) {
  const LayerShape& shape = context.shape;
  const std::int64_t batches = ceil_div(shape.N, map.n);
  const std::int64_t strips = ceil_div(shape.E(), map.e);
  const std::int64_t rows = shape.E() * shape.U + strips * (shape.span_height() - shape.U);
  return shape.filter_words() * strips * batches * context.weight_bits +
         shape.N * shape.G * shape.C * rows * shape.padded_width() * ceil_div(shape.M / shape.G, map.m) *
             context.activation_bits;
}

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>

#include "hw/array/array.hpp"
#include "hw/array/tiling.hpp"

namespace lacuna {

/// How a layer is cut into tiles that lie in the global buffer: the mapping of arrays that follow from their own size
/// in all else.
struct TiledMapping : ArrayMapping {
  std::int64_t m = 1;  ///< ofmap channels whose psums are in the global buffer
  std::int64_t n = 1;  ///< images of a tile
  std::int64_t e = 1;  ///< ofmap rows of a tile
  std::int64_t c = 1;  ///< ifmap channels of a tile

  void describe(FieldVisitor& v) override;
};

/// The mapping with every tile cut to what the layer has.
template <class Mapping>
Mapping cut_tiles(const LayerShape& shape, const Mapping& mapping) {
  Mapping cut = mapping;
  cut.m = std::min(mapping.m, shape.M / shape.G);
  cut.n = std::min(mapping.n, shape.N);
  cut.e = std::min(mapping.e, shape.E());
  cut.c = std::min(mapping.c, shape.C);
  return cut;
}

/// Words of the largest tiles of feature maps of a mapping that is cut to the layer; those of filters are left 0.
TileWords feature_tile_words(const LayerShape& shape, const TiledMapping& mapping);

/// Most ofmap channels whose psums fit the global buffer beside the ifmap tile of a mapping that is cut to the layer;
/// 0 when not even one does.
std::int64_t most_channels_by_psums(const MappingContext& context, const TiledMapping& mapping);

// Where a pass takes all filters and taps of its tiles at once, so that they all lie in the filter banks:

/// "" when a mapping that is cut to the layer fits the buffer, else what it needs, what there is and which field of the
/// chip says so.
std::string broken_box(const MappingContext& context, const TiledMapping& mapping);

/// Most ofmap channels with which it fits, whatever its own m; 0 when not even one does.
std::int64_t most_channels_of_box(const MappingContext& context, const TiledMapping& mapping);

/// Words of all ifmap tiles that are fetched from DRAM in a layer, for a mapping that is cut to it and has so many m
/// tiles: the rows that two strips share come twice, and one tile that is all there is stays.
std::int64_t fetched_ifmap_words(const LayerShape& shape, const TiledMapping& mapping, std::int64_t m_tiles);

/// Bits that the DRAM link moves, about: filters once per tile of pixels, ifmap tiles once per tile of filters.
std::int64_t link_bits(const MappingContext& context, const TiledMapping& mapping);

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include "hw/array/lane_skip/mapping_space.hpp"

#include "hw/array/lane_skip/cost.hpp"
#include "hw/array/lane_skip/mapping.hpp"
#include "hw/array/listed_tiles.hpp"

namespace lacuna {

namespace {

/// One layer on one array, as TiledSpace wants it.
class LayerOnArray : public ListedTiles<LaneSkipMapping, LaneSkipCosts> {
 public:
  LayerOnArray(const MappingContext& context, Factors factors)
      : ListedTiles(context, sizes(context, factors)), columns_(context.array->size().columns) {}

  std::int64_t few_channels(std::int64_t most) const { return whole_folds(filters(), columns_, most); }

 private:
  static Sizes sizes(const MappingContext& context, Factors factors) {
    const LayerShape& shape = context.shape;
    const auto& array = static_cast<const LaneSkipConfig&>(*context.array);
    return {filter_tiles(shape, factors, array.size().columns), even_parts(shape.N), even_parts(shape.E()),
            tile_sizes(shape.C, 1, array.brick_channels, true)};
  }

  const std::int64_t columns_;
};

}  // namespace

void enumerate_lane_skip(const MappingContext& context, Factors factors, MappingVisitor& visitor) {
  const LayerOnArray array(context, factors);
  TiledSpace<LayerOnArray>(array, factors == Factors::few, visitor).show_all();
}

}  // namespace lacuna

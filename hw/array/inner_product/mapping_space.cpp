// SPDX-License-Identifier: Apache-2.0
#include "hw/array/inner_product/mapping_space.hpp"

#include "hw/array/inner_product/cost.hpp"
#include "hw/array/inner_product/mapping.hpp"
#include "hw/array/listed_tiles.hpp"

namespace lacuna {

namespace {

/// One layer on one array, as TiledSpace wants it.
class LayerOnArray : public ListedTiles<InnerProductMapping, InnerProductCosts> {
 public:
  LayerOnArray(const MappingContext& context, Factors factors)
      : LayerOnArray(context, factors, inner_product_shape(context)) {}

  /// All in one pass where they fit, else whole folds.
  std::int64_t few_channels(std::int64_t most) const {
    return most >= filters() ? filters() : whole_folds(filters(), side_, most);
  }

 private:
  LayerOnArray(const MappingContext& context, Factors factors, const InnerProductShape& array)
      : ListedTiles(context, sizes(context.shape, factors, array)), side_(array.filters) {}

  static Sizes sizes(const LayerShape& shape, Factors factors, const InnerProductShape& array) {
    const std::int64_t taps_of_channel = array.over_window ? shape.R * shape.S : 1;
    return {filter_tiles(shape, factors, array.filters), even_parts(shape.N),
            tile_sizes(shape.E(), shape.F(), array.windows, true),
            tile_sizes(shape.C, taps_of_channel, array.width(), true)};
  }

  const std::int64_t side_;
};

}  // namespace

void enumerate_inner_product(const MappingContext& context, Factors factors, MappingVisitor& visitor) {
  const LayerOnArray array(context, factors);
  TiledSpace<LayerOnArray>(array, factors == Factors::few, visitor).show_all();
}

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "hw/array/tiled_space.hpp"

namespace lacuna {

/// One layer on one array, as TiledSpace wants it, where the sizes to try of one dimension do not depend on another and
/// a pass takes all filters and taps of its tiles at once. A kind of array adds few_channels(most). Costs has exact()
/// and at_least(), as MappingVisitor wants them.
template <class Map, class Costs>
class ListedTiles {
 public:
  using Mapping = Map;

  const std::vector<std::int64_t>& m() const { return sizes_.m; }
  const std::vector<std::int64_t>& n() const { return sizes_.n; }
  const std::vector<std::int64_t>& e(std::int64_t) const { return sizes_.e; }
  const std::vector<std::int64_t>& c() const { return sizes_.c; }
  std::int64_t most_channels(const Map& map) const {
    return most_channels_of_box(context_, cut_tiles(context_.shape, map));
  }
  void exact(const Map& map, MappingCost& cost) const { costs_.exact(map, cost); }
  void at_least(const Map& map, std::int64_t most, MappingCost& cost) const { costs_.at_least(map, most, cost); }

 protected:
  struct Sizes {
    std::vector<std::int64_t> m;
    std::vector<std::int64_t> n;
    std::vector<std::int64_t> e;
    std::vector<std::int64_t> c;
  };

  ListedTiles(const MappingContext& context, Sizes sizes)
      : context_(context), costs_(context), sizes_(std::move(sizes)) {}

  /// Sizes of m on an array with so many filters side by side.
  static std::vector<std::int64_t> filter_tiles(const LayerShape& shape, Factors factors, std::int64_t side) {
    const std::int64_t filters = shape.M / shape.G;
    return factors == Factors::perfect ? divisors(filters) : tile_sizes(filters, 1, side, true);
  }
  std::int64_t filters() const { return context_.shape.M / context_.shape.G; }

 private:
  const MappingContext& context_;
  const Costs costs_;
  const Sizes sizes_;
};

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/array/mapping_space.hpp"
#include "hw/array/tiled_mapping.hpp"

namespace lacuna {

/// Even parts of a dimension, and, where it is folded, as many of its steps of `per_step` rows or columns of the array
/// as 1, 2, ... folds of `side` of them hold. From the largest on.
std::vector<std::int64_t> tile_sizes(std::int64_t whole, std::int64_t per_step, std::int64_t side, bool folded);

/// As many whole folds of `side` ofmap channels as `most` hold, cut evenly; less than one where not even that fits.
std::int64_t whole_folds(std::int64_t filters, std::int64_t side, std::int64_t most);

/// Words of DRAM of a mapping that is cut to the layer, whose passes take all filters and taps of their tiles at once.
void count_box_dram(const LayerShape& shape, const TiledMapping& mapping, MappingCost& cost);

/// Shows a visitor the tiled mappings of one layer on one array: order n, e, c, m, from the largest on. An `Array` has
///   Mapping;
///   m(), n(), c(), e(images): the sizes to try;
///   most_channels(mapping): most ofmap channels with which the mapping is legal, 0 for none;
///   few_channels(most): the one m to try where few mappings are wanted;
///   exact(mapping, cost), at_least(mapping, most, cost): closed forms, as MappingVisitor wants them.
template <class Array>
class TiledSpace {
 public:
  TiledSpace(const Array& array, bool few, MappingVisitor& visitor) : array_(array), few_(few), visitor_(visitor) {}

  void show_all() {
    for (const std::int64_t n : array_.n()) {
      for (const std::int64_t e : array_.e(n)) {
        for (const std::int64_t c : array_.c()) {
          map_.n = n;
          map_.e = e;
          map_.c = c;
          show_filters();
        }
      }
    }
  }

 private:
  void show_filters() {
    const std::int64_t most = array_.most_channels(map_);
    if (most == 0) return;
    array_.at_least(map_, most, cost_);
    if (!visitor_.enters(cost_)) return;
    if (few_) {
      show(array_.few_channels(most));
      return;
    }
    for (const std::int64_t m : array_.m()) {
      if (m <= most) show(m);
    }
  }
  void show(std::int64_t m) {
    map_.m = m;
    array_.exact(map_, cost_);
    visitor_.visit(map_, cost_);
  }

  const Array& array_;
  const bool few_;
  MappingVisitor& visitor_;
  typename Array::Mapping map_;
  MappingCost cost_;
};

/// Keeps the first mapping with the fewest cycles, counting one for each filter word's worth of bits that the DRAM link
/// moves.
template <class Mapping>
class FewestCycles : public MappingVisitor {
 public:
  explicit FewestCycles(const MappingContext& context) : context_(context) {}
  bool enters(const MappingCost&) override { return true; }
  void visit(const ArrayMapping& mapping, const MappingCost& cost) override {
    const auto& map = static_cast<const Mapping&>(mapping);
    // A link of one filter word per cycle: near enough to tell mappings apart.
    const std::int64_t cycles = cost.cycles + link_bits(context_, map) / context_.weight_bits;
    if (cycles_ >= 0 && cycles >= cycles_) return;
    cycles_ = cycles;
    best_ = map;
  }
  bool found() const { return cycles_ >= 0; }
  const Mapping& best() const { return best_; }

 private:
  const MappingContext& context_;
  std::int64_t cycles_ = -1;
  Mapping best_;
};

}  // namespace lacuna

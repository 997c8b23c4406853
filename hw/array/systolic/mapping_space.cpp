// SPDX-License-Identifier: Apache-2.0
#include "hw/array/systolic/mapping_space.hpp"

#include <algorithm>

#include "hw/array/systolic/cost.hpp"
#include "hw/array/systolic/mapping.hpp"
#include "hw/array/tiling.hpp"

namespace lacuna {

namespace {

/// The m of the few mappings that the default is chosen from: as many whole folds of filters as fit, cut evenly; less
/// than one fold where not even that fits.
std::int64_t few_channels(const MappingContext& context, std::int64_t most) {
  const SystolicArrayShape array = static_cast<const SystolicConfig&>(*context.array).shape();
  const bool filters_are_columns = array.dataflow != SystolicDataflow::input_stationary;
  const std::int64_t step = filters_are_columns ? std::min(array.columns, most) : 1;
  const std::int64_t folds = ceil_div(context.shape.M / context.shape.G, step);
  return std::min(step * ceil_div(folds, ceil_div(folds, most / step)), context.shape.M / context.shape.G);
}

/// Even parts of a dimension, and, where it is folded, as many of its steps of `per_step` rows or columns of the array
/// as 1, 2, ... folds of `side` of them hold. From the largest on.
std::vector<std::int64_t> tile_sizes(std::int64_t whole, std::int64_t per_step, std::int64_t side, bool folded) {
  std::vector<std::int64_t> sizes = even_parts(whole);
  if (!folded) return sizes;
  for (std::int64_t end = side; end < whole * per_step; end += side) {
    const std::int64_t size = end / per_step;
    if (size >= 1 && size != sizes.back()) sizes.push_back(size);
  }
  std::sort(sizes.rbegin(), sizes.rend());
  sizes.erase(std::unique(sizes.begin(), sizes.end()), sizes.end());
  return sizes;
}

/// The sizes of the tiles of one layer on one array.
class TileSizes {
 public:
  TileSizes(const MappingContext& context, Factors factors)
      : shape_(context.shape),
        array_(static_cast<const SystolicConfig&>(*context.array).shape()),
        few_(factors == Factors::few),
        pixel_side_(array_.output_stationary() ? array_.rows : array_.columns),
        pixels_fold_(!few_ && array_.dataflow != SystolicDataflow::weight_stationary) {
    const std::int64_t filters = shape_.M / shape_.G;
    const bool filters_fold = array_.dataflow != SystolicDataflow::input_stationary;
    m = factors == Factors::perfect ? divisors(filters) : tile_sizes(filters, 1, array_.columns, filters_fold);
    n = tile_sizes(shape_.N, shape_.E() * shape_.F(), pixel_side_, pixels_fold_);
    c = tile_sizes(shape_.C, shape_.R * shape_.S, array_.rows, !few_ && !array_.output_stationary());
  }
  std::vector<std::int64_t> e(std::int64_t images) const {
    return tile_sizes(shape_.E(), images * shape_.F(), pixel_side_, pixels_fold_);
  }

 private:
  const LayerShape shape_;
  const SystolicArrayShape array_;
  const bool few_;
  const std::int64_t pixel_side_;
  const bool pixels_fold_;

 public:
  std::vector<std::int64_t> m;
  std::vector<std::int64_t> n;
  std::vector<std::int64_t> c;
};

/// The space of one layer on one array.
class Space {
 public:
  Space(const MappingContext& context, Factors factors, MappingVisitor& visitor)
      : context_(context), factors_(factors), visitor_(visitor), costs_(context), sizes_(context, factors) {}

  void show_all() {
    for (const std::int64_t n : sizes_.n) {
      for (const std::int64_t e : sizes_.e(n)) {
        for (const std::int64_t c : sizes_.c) {
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
    const std::int64_t most = most_channels(context_, map_);
    if (most == 0) return;
    costs_.at_least(map_, most, cost_);
    if (!visitor_.enters(cost_)) return;
    if (factors_ == Factors::few) {
      show(few_channels(context_, most));
      return;
    }
    for (const std::int64_t m : sizes_.m) {
      if (m <= most) show(m);
    }
  }
  void show(std::int64_t m) {
    map_.m = m;
    costs_.exact(map_, cost_);
    visitor_.visit(map_, cost_);
  }

  const MappingContext& context_;
  const Factors factors_;
  MappingVisitor& visitor_;
  const SystolicCosts costs_;
  const TileSizes sizes_;
  SystolicMapping map_;
  MappingCost cost_;
};

}  // namespace

void enumerate_systolic(const MappingContext& context, Factors factors, MappingVisitor& visitor) {
  Space(context, factors, visitor).show_all();
}

}  // namespace lacuna

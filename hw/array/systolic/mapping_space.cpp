// SPDX-License-Identifier: Apache-2.0
#include "hw/array/systolic/mapping_space.hpp"

#include "hw/array/systolic/cost.hpp"
#include "hw/array/systolic/mapping.hpp"
#include "hw/array/tiled_space.hpp"

namespace lacuna {

namespace {

/// The m of the few mappings that the default is chosen from: as many whole folds of filters as fit, cut evenly; less
/// than one fold where not even that fits.
std::int64_t channels_in_whole_folds(const MappingContext& context, std::int64_t most) {
  const SystolicArrayShape array = systolic_array(context);
  const bool filters_are_columns = array.dataflow != SystolicDataflow::input_stationary;
  return whole_folds(context.shape.M / context.shape.G, filters_are_columns ? array.columns : 1, most);
}

/// One layer on one array, as TiledSpace wants it.
class LayerOnArray {
 public:
  using Mapping = SystolicMapping;

  LayerOnArray(const MappingContext& context, Factors factors)
      : context_(context),
        costs_(context),
        array_(systolic_array(context)),
        pixel_side_(array_.output_stationary() ? array_.rows : array_.columns),
        pixels_fold_(factors != Factors::few && array_.dataflow != SystolicDataflow::weight_stationary) {
    const LayerShape& shape = context.shape;
    const std::int64_t filters = shape.M / shape.G;
    const bool filters_fold = array_.dataflow != SystolicDataflow::input_stationary;
    const bool taps_fold = factors != Factors::few && !array_.output_stationary();
    m_ = factors == Factors::perfect ? divisors(filters) : tile_sizes(filters, 1, array_.columns, filters_fold);
    n_ = tile_sizes(shape.N, shape.E() * shape.F(), pixel_side_, pixels_fold_);
    c_ = tile_sizes(shape.C, shape.R * shape.S, array_.taps_of_rows(), taps_fold);
  }

  const std::vector<std::int64_t>& m() const { return m_; }
  const std::vector<std::int64_t>& n() const { return n_; }
  const std::vector<std::int64_t>& c() const { return c_; }
  std::vector<std::int64_t> e(std::int64_t images) const {
    return tile_sizes(context_.shape.E(), images * context_.shape.F(), pixel_side_, pixels_fold_);
  }
  std::int64_t most_channels(const Mapping& map) const { return lacuna::most_channels(context_, map); }
  std::int64_t few_channels(std::int64_t most) const { return channels_in_whole_folds(context_, most); }
  void exact(const Mapping& map, MappingCost& cost) const { costs_.exact(map, cost); }
  void at_least(const Mapping& map, std::int64_t most, MappingCost& cost) const { costs_.at_least(map, most, cost); }

 private:
  const MappingContext& context_;
  const SystolicCosts costs_;
  const SystolicArrayShape array_;
  const std::int64_t pixel_side_;
  const bool pixels_fold_;
  std::vector<std::int64_t> m_;
  std::vector<std::int64_t> n_;
  std::vector<std::int64_t> c_;
};

}  // namespace

void enumerate_systolic(const MappingContext& context, Factors factors, MappingVisitor& visitor) {
  const LayerOnArray array(context, factors);
  TiledSpace<LayerOnArray>(array, factors == Factors::few, visitor).show_all();
}

}  // namespace lacuna

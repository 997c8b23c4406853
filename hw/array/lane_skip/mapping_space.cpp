// SPDX-License-Identifier: Apache-2.0
#include "hw/array/lane_skip/mapping_space.hpp"

#include "hw/array/lane_skip/cost.hpp"
#include "hw/array/lane_skip/mapping.hpp"
#include "hw/array/tiled_space.hpp"

namespace lacuna {

namespace {

/// One layer on one array, as TiledSpace wants it.
class LayerOnArray {
 public:
  using Mapping = LaneSkipMapping;

  LayerOnArray(const MappingContext& context, Factors factors)
      : context_(context),
        costs_(context),
        columns_(context.array->size().columns),
        m_(factors == Factors::perfect ? divisors(filters()) : tile_sizes(filters(), 1, columns_, true)),
        n_(even_parts(context.shape.N)),
        e_(even_parts(context.shape.E())),
        c_(tile_sizes(context.shape.C, 1, static_cast<const LaneSkipConfig&>(*context.array).brick_channels, true)) {}

  const std::vector<std::int64_t>& m() const { return m_; }
  const std::vector<std::int64_t>& n() const { return n_; }
  const std::vector<std::int64_t>& e(std::int64_t) const { return e_; }
  const std::vector<std::int64_t>& c() const { return c_; }
  std::int64_t most_channels(const Mapping& map) const { return lacuna::most_channels(context_, map); }
  std::int64_t few_channels(std::int64_t most) const { return whole_folds(filters(), columns_, most); }
  void exact(const Mapping& map, MappingCost& cost) const { costs_.exact(map, cost); }
  void at_least(const Mapping& map, std::int64_t most, MappingCost& cost) const { costs_.at_least(map, most, cost); }

 private:
  std::int64_t filters() const { return context_.shape.M / context_.shape.G; }

  const MappingContext& context_;
  const LaneSkipCosts costs_;
  const std::int64_t columns_;
  const std::vector<std::int64_t> m_;
  const std::vector<std::int64_t> n_;
  const std::vector<std::int64_t> e_;
  const std::vector<std::int64_t> c_;
};

}  // namespace

void enumerate_lane_skip(const MappingContext& context, Factors factors, MappingVisitor& visitor) {
  const LayerOnArray array(context, factors);
  TiledSpace<LayerOnArray>(array, factors == Factors::few, visitor).show_all();
}

}  // namespace lacuna

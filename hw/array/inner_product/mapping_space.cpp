// SPDX-License-Identifier: Apache-2.0
#include "hw/array/inner_product/mapping_space.hpp"

#include "hw/array/inner_product/cost.hpp"
#include "hw/array/inner_product/mapping.hpp"
#include "hw/array/tiled_space.hpp"

namespace lacuna {

namespace {

/// One layer on one array, as TiledSpace wants it.
class LayerOnArray {
 public:
  using Mapping = InnerProductMapping;

  LayerOnArray(const MappingContext& context, Factors factors)
      : context_(context),
        costs_(context),
        array_(inner_product_shape(context)),
        m_(factors == Factors::perfect ? divisors(filters()) : tile_sizes(filters(), 1, array_.filters, true)),
        n_(even_parts(context.shape.N)),
        e_(tile_sizes(context.shape.E(), context.shape.F(), array_.windows, true)),
        c_(tile_sizes(context.shape.C, array_.over_window ? context.shape.R * context.shape.S : 1, array_.width(),
                      true)) {}

  const std::vector<std::int64_t>& m() const { return m_; }
  const std::vector<std::int64_t>& n() const { return n_; }
  const std::vector<std::int64_t>& e(std::int64_t) const { return e_; }
  const std::vector<std::int64_t>& c() const { return c_; }
  std::int64_t most_channels(const Mapping& map) const { return lacuna::most_channels(context_, map); }
  /// All in one pass where they fit, else whole folds.
  std::int64_t few_channels(std::int64_t most) const {
    return most >= filters() ? filters() : whole_folds(filters(), array_.filters, most);
  }
  void exact(const Mapping& map, MappingCost& cost) const { costs_.exact(map, cost); }
  void at_least(const Mapping& map, std::int64_t most, MappingCost& cost) const { costs_.at_least(map, most, cost); }

 private:
  std::int64_t filters() const { return context_.shape.M / context_.shape.G; }

  const MappingContext& context_;
  const InnerProductCosts costs_;
  const InnerProductShape array_;
  const std::vector<std::int64_t> m_;
  const std::vector<std::int64_t> n_;
  const std::vector<std::int64_t> e_;
  const std::vector<std::int64_t> c_;
};

}  // namespace

void enumerate_inner_product(const MappingContext& context, Factors factors, MappingVisitor& visitor) {
  const LayerOnArray array(context, factors);
  TiledSpace<LayerOnArray>(array, factors == Factors::few, visitor).show_all();
}

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include "hw/array/cartesian_product/mapping_space.hpp"

#include <algorithm>

#include "hw/array/cartesian_product/cost.hpp"
#include "hw/array/cartesian_product/mapping.hpp"
#include "hw/array/tiling.hpp"

namespace lacuna {

namespace {

class Space {
 public:
  Space(const MappingContext& context, Factors factors, MappingVisitor& visitor)
      : context_(context), factors_(factors), visitor_(visitor), costs_(context) {}

  void show_all() {
    if (!visitor_.enters(costs_.nothing())) return;
    for (const std::int64_t e : even_parts(context_.shape.E())) {
      const std::int64_t group = most_in_group(context_, e);
      const std::int64_t tile = most_in_tile(context_, e);
      if (group == 0 || tile == 0) continue;
      factors_ == Factors::few ? show_few(e, group, tile) : show_strip(e, group, tile);
    }
  }

 private:
  std::vector<std::int64_t> parts(std::int64_t whole) const {
    return factors_ == Factors::perfect ? divisors(whole) : even_parts(whole);
  }
  void show_few(std::int64_t e, std::int64_t group, std::int64_t tile) {
    const std::int64_t k = std::min(group, tile);
    const std::int64_t filters = context_.shape.M / context_.shape.G;
    show(e, tile >= filters ? filters : tile / k * k, k);
  }
  void show_strip(std::int64_t e, std::int64_t group, std::int64_t tile) {
    for (const std::int64_t m : parts(context_.shape.M / context_.shape.G)) {
      if (m > tile) continue;
      for (const std::int64_t k : parts(m)) {
        if (k <= group) show(e, m, k);
      }
    }
  }
  void show(std::int64_t e, std::int64_t m, std::int64_t k) {
    CartesianMapping map;
    map.e = e;
    map.m = m;
    map.k = k;
    if (!broken_capacity(context_, map).empty()) return;
    MappingCost cost;
    costs_.add_up(cut_groups(context_.shape, map), cost);
    visitor_.visit(map, cost);
  }

  const MappingContext& context_;
  const Factors factors_;
  MappingVisitor& visitor_;
  const CartesianCosts costs_;
};

}  // namespace

void enumerate_cartesian(const MappingContext& context, Factors factors, MappingVisitor& visitor) {
  Space(context, factors, visitor).show_all();
}

}  // namespace lacuna

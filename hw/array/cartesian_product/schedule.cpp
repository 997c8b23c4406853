// SPDX-License-Identifier: Apache-2.0
#include "hw/array/cartesian_product/schedule.hpp"

#include <algorithm>
#include <numeric>

#include "hw/array/tiling.hpp"

namespace lacuna {

CartesianSchedule::CartesianSchedule(const MappingContext& context, const CartesianMapping& mapping)
    : TiledSchedule(context.shape, cut_groups(context.shape, mapping)),
      array(static_cast<const CartesianConfig&>(*context.array).shape()),
      gating(static_cast<const CartesianConfig&>(*context.array).gating()),
      k_(cut_groups(context.shape, mapping).k) {
  cut_layer();
  std::int64_t pes = 0;
  for (std::int64_t pe = 0; pe < array.pes(); ++pe) pes += covers(pe) ? 1 : 0;
  active_pes = pes * array.multipliers();
}

void CartesianSchedule::cut_box(const TiledPass& box) {
  for_parts(0, box.filters, k_, [&](std::int64_t filter, std::int64_t filters) {
    TiledPass pass = box;
    pass.filter = filter;
    pass.filters = filters;
    add_pass(pass);
    pass_list.push_back(pass);
    used_rows_ = std::max(used_rows_, grid(pass).used_rows);
    used_columns_ = std::max(used_columns_, grid(pass).used_columns);
  });
}

bool CartesianSchedule::covers(std::int64_t pe) const {
  CartesianGrid all = grid(pass_list.front());
  all.used_rows = used_rows_;
  all.used_columns = used_columns_;
  return all.uses(pe);
}

AccumulationOrder CartesianSchedule::accumulation_order() const {
  AccumulationOrder order(1);
  order[0].resize(static_cast<std::size_t>(shape().C * shape().R * shape().S));
  std::iota(order[0].begin(), order[0].end(), std::int64_t{0});
  return order;
}

}  // namespace lacuna

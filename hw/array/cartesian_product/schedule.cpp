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
      stored(context.filter_store_words > 0),
      k_(cut_groups(context.shape, mapping).k) {
  stores_non_zeros = !array.dense;
  const std::vector<std::int64_t> order = order_in_filter();
  place_in_filter_.resize(order.size());
  for (std::size_t place = 0; place < order.size(); ++place) {
    place_in_filter_[static_cast<std::size_t>(order[place])] = static_cast<std::int64_t>(place);
  }
  cut_layer();
  if (stored) filter_reads = fetched_filter_words();  // a tile is decoded once for all passes on it
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

std::vector<std::int64_t> CartesianSchedule::order_in_filter() const {
  const std::int64_t stride = stored ? shape().U : 1;
  std::vector<std::int64_t> order;
  for (std::int64_t phase = 0; phase < stride * stride; ++phase) {
    for (std::int64_t r = phase / stride; r < shape().R; r += stride) {
      for (std::int64_t s = phase % stride; s < shape().S; s += stride) order.push_back(r * shape().S + s);
    }
  }
  return order;
}

std::vector<std::int64_t> CartesianSchedule::filter_positions(std::int64_t tile) const {
  if (!stored) return TiledSchedule::filter_positions(tile);
  const FilterTile& words = filter_tile(tile);
  const std::vector<std::int64_t> order = order_in_filter();
  const auto in_filter = static_cast<std::int64_t>(order.size());
  std::vector<std::int64_t> positions;
  positions.reserve(static_cast<std::size_t>(words.taps * words.filters));
  for (std::int64_t n = 0; n < words.taps; ++n) {
    const std::int64_t tap = words.tap + n - n % in_filter + order[static_cast<std::size_t>(n % in_filter)];
    for (std::int64_t k = 0; k < words.filters; ++k) positions.push_back(filter_position(tap, words.filter + k));
  }
  return positions;
}

std::string CartesianSchedule::filter_tiling() const {
  const std::string tiles = TiledSchedule::filter_tiling();
  return stored ? "by phase of " + std::to_string(shape().U) + ' ' + tiles : tiles;
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

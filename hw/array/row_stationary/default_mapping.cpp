// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "hw/array/row_stationary/mapping.hpp"
#include "hw/array/tiling.hpp"
#include "hw/base/error.hpp"

namespace lacuna {

namespace {

/// Fills m in: as many whole filter tiles as the global buffer holds, cut evenly. False when not even one fits.
bool choose_m(const MappingContext& context, RowStationaryMapping& map) {
  const std::int64_t step = map.p * map.t;
  map.m = step;
  if (!broken_capacity(context, map).empty()) return false;
  const std::int64_t tiles = ceil_div(context.shape.M / context.shape.G, step);
  const std::int64_t held = std::clamp(most_psum_channels(context, map) / step, std::int64_t{1}, tiles);
  map.m = step * ceil_div(tiles, ceil_div(tiles, held));
  return true;
}

/// The best mapping with this e and n, or `best`.
class Search {
 public:
  explicit Search(const MappingContext& context) : context_(context) {}

  void try_strip(std::int64_t e, std::int64_t n) {
    const LayerShape& shape = context_.shape;
    const auto& array = static_cast<const RowStationaryConfig&>(*context_.array);
    for (const std::int64_t q : even_parts(std::min(shape.C, array.ifmap_spad_words / shape.span_width()))) {
      const std::int64_t most_filters = std::min(array.psum_spad_words, array.filter_spad_words / (q * shape.S));
      for (const std::int64_t p : even_parts(std::min(shape.M / shape.G, most_filters))) try_pe(e, n, p, q);
    }
  }
  bool found() const { return found_; }
  const RowStationaryMapping& best() const { return best_; }

 private:
  void try_pe(std::int64_t e, std::int64_t n, std::int64_t p, std::int64_t q) {
    const LayerShape& shape = context_.shape;
    const auto& array = static_cast<const RowStationaryConfig&>(*context_.array);
    for (std::int64_t r = 1; r <= ceil_div(shape.C, q) && r * shape.R <= array.rows * array.columns; ++r) {
      const std::int64_t sets = ceil_div(shape.M / shape.G, p);
      const std::int64_t room = array.pes() / (r * shape.R * e);
      for (std::int64_t t = std::min(sets, room); t >= 1; --t) {
        RowStationaryMapping map;
        map.n = n;
        map.e = e;
        map.p = p;
        map.q = q;
        map.r = r;
        map.t = t;
        if (choose_m(context_, map)) {
          keep_better(map);
          break;  // fewer sets only leave PEs idle
        }
      }
    }
  }

  void keep_better(const RowStationaryMapping& map) {
    const double cycles = estimated_cycles(context_, map);
    if (found_ && cycles >= cycles_) return;
    found_ = true;
    cycles_ = cycles;
    best_ = map;
  }

  const MappingContext& context_;
  bool found_ = false;
  double cycles_ = 0.0;
  RowStationaryMapping best_;
};

}  // namespace

RowStationaryMapping default_row_stationary_mapping(const MappingContext& context) {
  const LayerShape& shape = context.shape;
  const RowStationaryMapping smallest;
  const std::string broken = broken_capacity(context, smallest);
  if (!broken.empty()) fail_input("no mapping fits: even with m = n = e = p = q = r = t = 1, " + broken);
  Search search(context);
  for (const std::int64_t n : even_parts(shape.N)) {
    for (const std::int64_t e : even_parts(shape.E())) search.try_strip(e, n);
  }
  return search.found() ? search.best() : smallest;
}

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include "hw/array/row_stationary/mapping_space.hpp"

#include <algorithm>
#include <numeric>

#include "hw/array/row_stationary/cost.hpp"
#include "hw/array/row_stationary/mapping.hpp"
#include "hw/array/row_stationary/placement.hpp"

namespace lacuna {

namespace {

/// The space of one layer on one array.
class Space {
 public:
  Space(const MappingContext& context, Factors factors, MappingVisitor& visitor)
      : context_(context),
        array_(static_cast<const RowStationaryConfig&>(*context.array)),
        factors_(factors),
        visitor_(visitor),
        costs_(context),
        filters_(context.shape.M / context.shape.G),
        divisors_(divisors(filters_)) {}

  void show_all() {
    for (const std::int64_t n : even_parts(context_.shape.N)) {
      for (const std::int64_t e : even_parts(context_.shape.E())) {
        for (const std::int64_t q : channel_sizes()) {
          map_.n = n;
          map_.e = e;
          map_.q = q;
          stack_sets();
          show_filters();
        }
      }
    }
  }

 private:
  /// Sets that stack channels, and what then is known.
  struct Stack {
    std::int64_t r = 1;
    std::int64_t most_psum_channels = 1;
    RowStationaryCosts::Bounds bounds;
    MappingCost at_least;
    bool given_up = false;
  };

  std::vector<std::int64_t> channel_sizes() const {
    const std::int64_t most = array_.ifmap_spad_words / context_.shape.span_width();
    if (factors_ == Factors::few) return even_parts(std::min(context_.shape.C, most));
    std::vector<std::int64_t> sizes = even_parts(context_.shape.C);
    sizes.erase(sizes.begin(), std::find_if(sizes.begin(), sizes.end(), [&](std::int64_t q) { return q <= most; }));
    return sizes;
  }

  std::int64_t most_pe_filters() const {
    return std::min({filters_, array_.psum_spad_words, array_.filter_spad_words / (map_.q * context_.shape.S)});
  }

  /// Even parts, and as many filters as fill all issues of a tap.
  std::vector<std::int64_t> even_and_whole_issues(std::int64_t most) const {
    std::vector<std::int64_t> sizes = even_parts(most);
    const std::int64_t whole = most / context_.mac_rate.macs * context_.mac_rate.macs;
    const auto place = std::find_if(sizes.begin(), sizes.end(), [whole](std::int64_t p) { return p <= whole; });
    if (place != sizes.end() && *place < whole) sizes.insert(place, whole);
    return sizes;
  }

  std::vector<std::int64_t> filter_sizes() const {
    const std::int64_t most = most_pe_filters();
    if (factors_ == Factors::few) return even_and_whole_issues(most);
    std::vector<std::int64_t> sizes = divisors_;
    if (factors_ == Factors::any) {
      sizes.resize(static_cast<std::size_t>(most));
      std::iota(sizes.rbegin(), sizes.rend(), 1);
    }
    sizes.erase(sizes.begin(), std::find_if(sizes.begin(), sizes.end(), [&](std::int64_t p) { return p <= most; }));
    return sizes;
  }

  /// Every r for which a mapping with these n, e and q is legal.
  void stack_sets() {
    const LayerShape& shape = context_.shape;
    std::size_t count = 0;
    for (map_.r = 1; map_.r <= ceil_div(shape.C, map_.q); ++map_.r, ++count) {
      const RowStationaryGrid grid = grid_of(shape, map_);
      RowStationaryCosts::Bounds bounds;
      bounds.most_sets = most_chains(grid, array_.rows, array_.columns) / grid.e;
      const std::int64_t most_channels = most_psum_channels(context_, map_);
      bounds.most_in_buffer = std::min(filters_, most_channels);
      bounds.most_in_pass = words_in(context_, context_.filter_banks, context_.filter_room()) /
                            (std::min(map_.q * map_.r, shape.C) * shape.R * shape.S);
      bounds.most_in_pass =
          std::min({bounds.most_in_pass, bounds.most_in_buffer, bounds.most_sets * most_pe_filters()});
      if (bounds.most_in_pass < 1) break;  // more sets need more of everything
      if (count == stacks_.size()) stacks_.emplace_back();
      Stack& stack = stacks_[count];
      stack.r = map_.r;
      stack.most_psum_channels = most_channels;
      stack.bounds = bounds;
      costs_.at_least(map_, bounds, stack.at_least);
      stack.given_up = false;
    }
    stacks_in_use_ = count;
  }

  void show_filters() {
    for (const std::int64_t p : filter_sizes()) {
      map_.p = p;
      for (std::size_t index = 0; index < stacks_in_use_; ++index) {
        Stack& stack = stacks_[index];
        stack.given_up = stack.given_up || !visitor_.enters(stack.at_least);
        if (!stack.given_up) show_sets(stack);
      }
    }
  }

  void show_sets(const Stack& stack) {
    map_.r = stack.r;
    for (map_.t = std::min(ceil_div(filters_, map_.p), stack.bounds.most_sets); map_.t >= 1; --map_.t) {
      const std::int64_t step = map_.p * map_.t;
      if (factors_ == Factors::perfect && filters_ % step != 0) continue;
      if (std::min(step, filters_) > stack.bounds.most_in_pass) continue;
      map_.m = psum_channels(step, stack.most_psum_channels);
      costs_.exact(map_, cost_);
      visitor_.visit(map_, cost_);
      if (factors_ == Factors::few) return;  // fewer sets only leave PEs idle
    }
  }

  /// As many whole filter tiles as the global buffer holds: with perfect factors the largest number that divides those
  /// of the group, else cut evenly.
  std::int64_t psum_channels(std::int64_t step, std::int64_t most) const {
    if (factors_ == Factors::perfect) {
      return *std::find_if(divisors_.begin(), divisors_.end(),
                           [&](std::int64_t m) { return m <= most && m % step == 0; });
    }
    const std::int64_t tiles = ceil_div(filters_, step);
    if (factors_ == Factors::any && most >= filters_) return step * tiles;
    const std::int64_t held = std::clamp(most / step, std::int64_t{1}, tiles);
    return step * ceil_div(tiles, ceil_div(tiles, held));
  }

  const MappingContext& context_;
  const RowStationaryConfig& array_;
  const Factors factors_;
  MappingVisitor& visitor_;
  const RowStationaryCosts costs_;
  const std::int64_t filters_;  ///< of a group
  const std::vector<std::int64_t> divisors_;
  std::vector<Stack> stacks_;
  std::size_t stacks_in_use_ = 0;
  RowStationaryMapping map_;
  MappingCost cost_;
};

}  // namespace

void enumerate_row_stationary(const MappingContext& context, Factors factors, MappingVisitor& visitor) {
  RowStationaryMapping smallest;
  if (broken_capacity(context, smallest).empty()) Space(context, factors, visitor).show_all();
}

}  // namespace lacuna

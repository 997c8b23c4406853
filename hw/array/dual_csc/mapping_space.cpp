// SPDX-License-Identifier: Apache-2.0
#include "hw/array/dual_csc/mapping_space.hpp"

#include <algorithm>

#include "hw/array/dual_csc/cost.hpp"
#include "hw/array/dual_csc/mapping.hpp"
#include "hw/array/tiled_space.hpp"
#include "hw/array/tiling.hpp"

namespace lacuna {

namespace {

class Space {
 public:
  Space(const MappingContext& context, Factors factors, MappingVisitor& visitor)
      : context_(context),
        factors_(factors),
        visitor_(visitor),
        costs_(context),
        pes_(context.array->size().columns),
        filters_(context.shape.M / context.shape.G) {}

  void show_all() {
    if (!visitor_.enters(costs_.nothing())) return;
    for (const std::int64_t n : even_parts(context_.shape.N)) {
      for (const std::int64_t e : even_parts(context_.shape.E())) {
        for (const std::int64_t c : even_parts(context_.shape.C)) {
          map_.n = n;
          map_.e = e;
          map_.c = c;
          show_filters();
        }
      }
    }
  }

 private:
  std::vector<std::int64_t> parts(std::int64_t whole) const {
    return factors_ == Factors::perfect ? divisors(whole) : even_parts(whole);
  }
  void show_filters() {
    const std::int64_t most = most_channels(context_, map_);
    if (most == 0) return;
    if (factors_ == Factors::few) {
      show_default(most);
      return;
    }
    for (const std::int64_t m : parts(filters_)) {
      if (m > most) continue;
      map_.m = m;
      for (const std::int64_t k : channels_of_pe(m)) {
        map_.k = k;
        map_.t = most_dense_taps(context_, k);
        show();
      }
    }
  }
  std::vector<std::int64_t> channels_of_pe(std::int64_t m) const {
    if (factors_ != Factors::perfect || m % pes_ != 0) return even_parts(ceil_div(m, pes_));
    return divisors(m / pes_);
  }
  void show_default(std::int64_t most) {
    const auto& array = static_cast<const DualCscConfig&>(*context_.array);
    const std::int64_t all_taps = map_.c * context_.shape.R * context_.shape.S;
    const std::int64_t most_taps = std::min(all_taps, most_dense_taps(context_, 1));
    if (most_taps == 0) return;
    map_.t = ceil_div(all_taps, ceil_div(all_taps, most_taps));
    const std::int64_t fits = std::min(array.psum_entries, array.most_words() / map_.t * kWeightsPerWord);
    const std::int64_t rows = ceil_div(filters_, pes_);
    map_.k = ceil_div(rows, ceil_div(rows, fits));
    map_.m = whole_folds(filters_, map_.k * pes_, most);
    show();
  }
  void show() {
    if (map_.t == 0 || !broken_dense_capacity(context_, map_).empty()) return;
    visitor_.visit(map_, costs_.of(cut_to(context_, map_)));
  }

  const MappingContext& context_;
  const Factors factors_;
  MappingVisitor& visitor_;
  const DualCscCosts costs_;
  const std::int64_t pes_;
  const std::int64_t filters_;
  DualCscMapping map_;
};

}  // namespace

void enumerate_dual_csc(const MappingContext& context, Factors factors, MappingVisitor& visitor) {
  if (!broken_dense_capacity(context, DualCscMapping()).empty()) return;
  Space(context, factors, visitor).show_all();
}

}  // namespace lacuna

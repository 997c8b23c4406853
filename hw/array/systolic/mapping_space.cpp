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

std::vector<std::int64_t> channel_counts(const MappingContext& context, Factors factors) {
  const std::int64_t filters = context.shape.M / context.shape.G;
  if (factors == Factors::perfect) return divisors(filters);
  std::vector<std::int64_t> counts = even_parts(filters);
  const std::int64_t columns = context.array->size().columns;
  for (std::int64_t m = columns; m < filters; m += columns) counts.push_back(m);
  std::sort(counts.rbegin(), counts.rend());
  counts.erase(std::unique(counts.begin(), counts.end()), counts.end());
  return counts;
}

}  // namespace

void enumerate_systolic(const MappingContext& context, Factors factors, MappingVisitor& visitor) {
  const SystolicCosts costs(context);
  const std::vector<std::int64_t> counts = channel_counts(context, factors);
  const std::vector<std::int64_t> channels = even_parts(context.shape.C);
  SystolicMapping map;
  MappingCost cost;
  const auto show = [&](std::int64_t m) {
    map.m = m;
    costs.exact(map, cost);
    visitor.visit(map, cost);
  };
  for (const std::int64_t n : even_parts(context.shape.N)) {
    for (const std::int64_t e : even_parts(context.shape.E())) {
      for (const std::int64_t c : channels) {
        map.n = n;
        map.e = e;
        map.c = c;
        const std::int64_t most = most_channels(context, map);
        if (most == 0) continue;
        costs.at_least(map, most, cost);
        if (!visitor.enters(cost)) continue;
        if (factors == Factors::few) {
          show(few_channels(context, most));
          continue;
        }
        for (const std::int64_t m : counts) {
          if (m <= most) show(m);
        }
      }
    }
  }
}

}  // namespace lacuna

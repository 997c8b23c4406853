// SPDX-License-Identifier: Apache-2.0
#include "hw/array/csc_broadcast/mapping_space.hpp"

#include <algorithm>

#include "hw/array/csc_broadcast/cost.hpp"
#include "hw/array/csc_broadcast/mapping.hpp"
#include "hw/array/tiling.hpp"

namespace lacuna {

namespace {

/// Inputs of a filter tile: even parts, and whole batches.
std::vector<std::int64_t> input_sizes(const MappingContext& context) {
  const std::int64_t inputs = inputs_of(context.shape);
  const std::int64_t batch = static_cast<const CscBroadcastConfig&>(*context.array).inputs_per_batch();
  std::vector<std::int64_t> sizes = even_parts(inputs);
  for (std::int64_t size = batch; size < inputs; size += batch) sizes.push_back(size);
  std::sort(sizes.rbegin(), sizes.rend());
  sizes.erase(std::unique(sizes.begin(), sizes.end()), sizes.end());
  return sizes;
}

}  // namespace

void enumerate_csc_broadcast(const MappingContext& context, Factors factors, MappingVisitor& visitor) {
  if (!broken_dense_capacity(context, CscBroadcastMapping()).empty()) return;
  const CscBroadcastCosts costs(context);
  const auto show = [&](const CscBroadcastMapping& map) {
    const MappingCost cost = costs.of(map);
    if (visitor.enters(cost)) visitor.visit(map, cost);
  };
  if (factors == Factors::few) {
    show(default_csc_broadcast_mapping(context));
    return;
  }
  const std::int64_t filters = context.shape.M / context.shape.G;
  const std::vector<std::int64_t> inputs = input_sizes(context);
  CscBroadcastMapping map;
  for (const std::int64_t m : factors == Factors::perfect ? divisors(filters) : even_parts(filters)) {
    map.m = m;
    for (const std::int64_t n : even_parts(context.shape.N)) {
      map.n = n;
      for (const std::int64_t c : inputs) {
        map.c = c;
        if (broken_dense_capacity(context, map).empty()) show(map);
      }
    }
  }
}

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "hw/array/systolic/mapping.hpp"
#include "hw/array/tiling.hpp"
#include "hw/base/error.hpp"

namespace lacuna {

namespace {

/// Bits that the DRAM link moves: filters once per tile of pixels, ifmap tiles once per tile of filters.
std::int64_t link_bits(const MappingContext& context, const SystolicMapping& map) {
  const LayerShape& shape = context.shape;
  const std::int64_t batches = ceil_div(shape.N, map.n);
  const std::int64_t strips = ceil_div(shape.E(), map.e);
  const std::int64_t rows = shape.E() * shape.U + strips * (shape.span_height() - shape.U);
  return shape.filter_words() * strips * batches * context.weight_bits +
         shape.N * shape.G * shape.C * rows * shape.padded_width() * ceil_div(shape.M / shape.G, map.m) *
             context.activation_bits;
}

/// Fills m in: as many whole folds of filters as fit, cut evenly; less than one fold where not even that fits. False
/// when nothing fits.
bool choose_m(const MappingContext& context, SystolicMapping& map) {
  const std::int64_t most = most_channels(context, map);
  if (most == 0) return false;
  const SystolicArrayShape array = static_cast<const SystolicConfig&>(*context.array).shape();
  const bool filters_are_columns = array.dataflow != SystolicDataflow::input_stationary;
  const std::int64_t step = filters_are_columns ? std::min(array.columns, most) : 1;
  const std::int64_t folds = ceil_div(context.shape.M / context.shape.G, step);
  map.m = std::min(step * ceil_div(folds, ceil_div(folds, most / step)), context.shape.M / context.shape.G);
  return true;
}

}  // namespace

SystolicMapping default_systolic_mapping(const MappingContext& context) {
  const LayerShape& shape = context.shape;
  const std::string broken = broken_capacity(context, SystolicMapping());
  if (!broken.empty()) fail_input("no mapping fits: even with m = n = e = c = 1, " + broken);
  SystolicMapping best;
  std::int64_t best_cycles = -1;
  for (const std::int64_t n : even_parts(shape.N)) {
    for (const std::int64_t e : even_parts(shape.E())) {
      for (const std::int64_t c : even_parts(shape.C)) {
        SystolicMapping map;
        map.n = n;
        map.e = e;
        map.c = c;
        if (!choose_m(context, map)) continue;
        // A link of one filter word per cycle: near enough to tell mappings apart.
        const std::int64_t cycles = fold_cycles(context, map) + link_bits(context, map) / context.weight_bits;
        if (best_cycles >= 0 && cycles >= best_cycles) continue;
        best_cycles = cycles;
        best = map;
      }
    }
  }
  return best;
}

}  // namespace lacuna

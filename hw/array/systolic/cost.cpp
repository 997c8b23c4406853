// SPDX-License-Identifier: Apache-2.0
#include "hw/array/systolic/cost.hpp"

#include <algorithm>

#include "hw/array/systolic/mapping.hpp"
#include "hw/array/tiling.hpp"

namespace lacuna {

SystolicCosts::SystolicCosts(const MappingContext& context)
    : shape_(context.shape),
      array_(systolic_array(context)),
      gating_(static_cast<const SystolicConfig&>(*context.array).gating()),
      E_(shape_.E()),
      F_(shape_.F()) {}

void SystolicCosts::exact(const SystolicMapping& map, MappingCost& cost) const {
  Sums sums;
  add_boxes(map, cost, sums);
  count_dram(map, cost);
  count_events(sums, cost);
  cost.active_pes = covered_pes(map);
}

/// All that more m tiles can only add to is least with one; but a tile of few filters may stay where more do not.
void SystolicCosts::at_least(SystolicMapping map, std::int64_t most_channels, MappingCost& cost) const {
  const std::int64_t filters = shape_.M / shape_.G;
  map.m = filters;
  exact(map, cost);
  cost.dram_ifmap_words = fetched_ifmap_words(shape_, map, ceil_div(filters, most_channels));
  map.m = 1;
  cost.active_pes = covered_pes(map);
  if (filters_stay(map, 1)) cost.dram_filter_words = shape_.filter_words();
}

/// Rows with real words times columns of the fold that fills most of the array.
std::int64_t SystolicCosts::covered_pes(const SystolicMapping& map) const {
  const std::int64_t pixels = map.n * map.e * F_;
  const std::int64_t taps = map.c * shape_.R * shape_.S;
  const std::int64_t rows = array_.output_stationary() ? pixels : ceil_div(taps, array_.rate.macs);
  const std::int64_t columns = array_.dataflow == SystolicDataflow::input_stationary ? pixels : map.m;
  return std::min(rows, array_.rows) * std::min(columns, array_.columns);
}

void SystolicCosts::add_boxes(const SystolicMapping& map, MappingCost& cost, Sums& sums) const {
  cost.cycles = cost.compute_cycles = cost.load_cycles = cost.port_cycles = cost.filter_cycles = 0;
  cost.buffer_ifmap_reads = cost.buffer_psum_reads = cost.buffer_filter_reads = 0;
  for (const Parts& m : parts_of(shape_.M / shape_.G, map.m)) {
    for (const Parts& n : parts_of(shape_.N, map.n)) {
      for (const Parts& e : parts_of(E_, map.e)) {
        for (const Parts& c : parts_of(shape_.C, map.c)) {
          const std::int64_t count = shape_.G * m.count * n.count * e.count * c.count;
          if (count != 0) add_box({count, m.size, n.size * e.size * F_, c.size * shape_.R * shape_.S}, cost, sums);
        }
      }
    }
  }
}

void SystolicCosts::add_box(const Box& box, MappingCost& cost, Sums& sums) const {
  const std::int64_t words = box.filters * box.taps;
  const std::int64_t psums = box.filters * box.pixels;
  const std::int64_t shifts = array_.rows * (array_.rows + 1) / 2;  // what row i holds is shifted i + 1 times
  const std::int64_t filter_folds = ceil_div(box.filters, array_.columns);
  const std::int64_t tap_folds = ceil_div(box.taps, array_.taps_of_rows());
  std::int64_t folds = 0;
  std::int64_t steps = 0;
  switch (array_.dataflow) {
    case SystolicDataflow::output_stationary: {
      const std::int64_t pixel_folds = ceil_div(box.pixels, array_.rows);
      folds = filter_folds * pixel_folds;
      steps = ceil_div(box.taps, array_.rate.macs);
      cost.buffer_ifmap_reads += box.count * filter_folds * box.taps * box.pixels;
      cost.buffer_psum_reads += box.count * psums;
      cost.buffer_filter_reads += box.count * pixel_folds * words;
      sums.issues += box.count * psums * steps;
      break;
    }
    case SystolicDataflow::weight_stationary:
      folds = filter_folds * tap_folds;
      steps = box.pixels;
      cost.buffer_ifmap_reads += box.count * filter_folds * box.taps * box.pixels;
      cost.buffer_psum_reads += box.count * tap_folds * psums;
      cost.buffer_filter_reads += box.count * words;
      sums.issues += box.count * tap_folds * array_.rows * psums;
      sums.shifted += box.count * tap_folds * box.filters * shifts;
      break;
    case SystolicDataflow::input_stationary: {
      const std::int64_t pixel_folds = ceil_div(box.pixels, array_.columns);
      folds = pixel_folds * tap_folds;
      steps = box.filters;
      cost.buffer_ifmap_reads += box.count * box.taps * box.pixels;
      cost.buffer_psum_reads += box.count * tap_folds * psums;
      cost.buffer_filter_reads += box.count * pixel_folds * words;
      sums.issues += box.count * tap_folds * array_.rows * psums;
      sums.shifted += box.count * tap_folds * box.pixels * shifts;
      break;
    }
  }
  // An operand that is double-buffered is loaded alone for the first fold of a tile.
  const std::int64_t loads = array_.output_stationary() ? 0 : array_.double_buffered ? 1 : folds;
  const bool weights_stay = array_.dataflow == SystolicDataflow::weight_stationary;
  const std::int64_t step_cycles = array_.rate.cycles;
  cost.filter_cycles += box.count * folds * (weights_stay ? array_.rows : steps * step_cycles);
  cost.compute_cycles += box.count * folds * steps * step_cycles;
  cost.load_cycles += box.count * loads * array_.rows;
  const std::int64_t computing = (steps + array_.rows + array_.columns - 2) * step_cycles;
  cost.cycles += box.count * (loads * array_.rows + folds * computing);
}

/// Whether the words of an m tile of so many filters are one filter tile, which stays from ofmap tile to ofmap tile.
bool SystolicCosts::filters_stay(const SystolicMapping& map, std::int64_t filters) const {
  const bool one_tap_fold = shape_.C * shape_.R * shape_.S <= array_.taps_of_rows() || array_.output_stationary();
  const bool one_filter_fold = filters <= array_.columns || array_.dataflow == SystolicDataflow::input_stationary;
  return map.c >= shape_.C && one_tap_fold && one_filter_fold;
}

void SystolicCosts::count_dram(const SystolicMapping& map, MappingCost& cost) const {
  const std::int64_t filters = shape_.M / shape_.G;
  const std::int64_t pixel_tiles = ceil_div(shape_.N, map.n) * ceil_div(E_, map.e);
  cost.dram_filter_words = 0;
  for (const Parts& m : parts_of(filters, map.m)) {
    cost.dram_filter_words +=
        shape_.G * m.count * m.size * shape_.C * shape_.R * shape_.S * (filters_stay(map, m.size) ? 1 : pixel_tiles);
  }
  cost.dram_ifmap_words = fetched_ifmap_words(shape_, map, ceil_div(filters, map.m));
  cost.dram_ofmap_words = shape_.N * shape_.M * E_ * F_;
}

/// In the order of systolic_events(). What is past the last tap works on zeros, which gate; no issue is all filler
/// where psums stay.
void SystolicCosts::count_events(const Sums& sums, MappingCost& cost) const {
  const bool gates = gating_.on_activation || gating_.on_weight;
  const bool psums_stay = array_.output_stationary();
  const bool weights_stay = array_.dataflow == SystolicDataflow::weight_stationary;
  const bool activations_stay = array_.dataflow == SystolicDataflow::input_stationary;
  const std::int64_t issued = sums.issues * array_.rate.macs;
  const std::int64_t shifted = sums.shifted * array_.rate.macs;
  cost.macs_performed = gates ? shape_.macs() : issued;
  cost.events.assign({issued - cost.macs_performed,                           // mac.gated
                      activations_stay ? shifted : issued,                    // activation_link.word
                      weights_stay ? shifted : issued,                        // weight_link.word
                      psums_stay ? 0 : sums.issues + cost.buffer_psum_reads,  // psum_link.word
                      psums_stay ? 2 * cost.buffer_psum_reads : 0,            // psum_bus.word
                      psums_stay ? sums.issues : 0});                         // accumulator.write
}

}  // namespace lacuna

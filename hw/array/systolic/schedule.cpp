// SPDX-License-Identifier: Apache-2.0
#include "hw/array/systolic/schedule.hpp"

#include <algorithm>
#include <numeric>

#include "hw/array/systolic/mapping.hpp"
#include "hw/array/tiling.hpp"

namespace lacuna {

SystolicSchedule::SystolicSchedule(const MappingContext& context, const SystolicMapping& mapping)
    : TiledSchedule(context.shape, cut_to(context.shape, mapping)),
      array(systolic_array(context)),
      gating(static_cast<const SystolicConfig&>(*context.array).gating()),
      decoded_(context.filter_fifo_words > 0) {
  cut_layer();
}

void SystolicSchedule::cut_box(const TiledPass& box) {
  TiledPass pass = box;
  const auto tap_folds = [&](const auto& visit) {
    for_parts(box.tap, box.taps, array.taps_of_rows(), [&](std::int64_t tap, std::int64_t taps) {
      pass.tap = tap;
      pass.taps = taps;
      visit();
    });
  };
  const auto filter_folds = [&](const auto& visit) {
    for_parts(0, box.filters, array.columns, [&](std::int64_t filter, std::int64_t filters) {
      pass.filter = filter;
      pass.filters = filters;
      visit();
    });
  };
  const auto pixel_folds = [&](std::int64_t side, const auto& visit) {
    for_parts(0, box.pixels, side, [&](std::int64_t pixel, std::int64_t pixels) {
      pass.pixel = pixel;
      pass.pixels = pixels;
      visit();
    });
  };
  const auto add = [&] { add_fold(pass); };
  switch (array.dataflow) {
    case SystolicDataflow::output_stationary:
      filter_folds([&] { pixel_folds(array.rows, add); });
      break;
    case SystolicDataflow::weight_stationary:
      filter_folds([&] { tap_folds(add); });
      break;
    case SystolicDataflow::input_stationary:
      tap_folds([&] { pixel_folds(array.columns, add); });
      break;
  }
}

void SystolicSchedule::add_fold(const TiledPass& box) {
  SystolicPass pass;
  static_cast<TiledPass&>(pass) = box;
  add_pass(pass);
  // What must be in the buffer for the first MAC must be there for the first word of the stationary operand too.
  pass.overlaps = array.double_buffered && !pass_list.empty() && pass_list.back().ifmap_tile == pass.ifmap_tile;
  pass_list.push_back(pass);

  const SystolicFold fold(array, pass);
  filter_reads += pass.taps * pass.filters;  // each pass reads its filter words once
  active_pes = std::max(active_pes, fold.real_rows * fold.columns);
}

std::vector<std::int64_t> SystolicSchedule::filter_positions(std::int64_t tile) const {
  if (!decoded_) return TiledSchedule::filter_positions(tile);
  const FilterTile& words = filter_tile(tile);
  std::vector<std::int64_t> positions;
  positions.reserve(static_cast<std::size_t>(words.taps * words.filters));
  const auto add = [&](std::int64_t tap, std::int64_t filter) {
    positions.push_back(filter_position(words.tap + tap, words.filter + filter));
  };
  // The taps of a group enter side by side.
  const auto add_group = [&](std::int64_t group, std::int64_t filter) {
    const std::int64_t end = std::min((group + 1) * array.rate.macs, words.taps);
    for (std::int64_t tap = group * array.rate.macs; tap < end; ++tap) add(tap, filter);
  };
  const std::int64_t groups = ceil_div(words.taps, array.rate.macs);
  if (array.dataflow == SystolicDataflow::weight_stationary) {
    for (std::int64_t group = groups; group-- > 0;) {
      for (std::int64_t filter = 0; filter < words.filters; ++filter) add_group(group, filter);
    }
    return positions;
  }
  const bool filters_are_lanes = array.output_stationary();
  const std::int64_t lanes = filters_are_lanes ? words.filters : groups;
  const std::int64_t steps = filters_are_lanes ? groups : words.filters;
  for (std::int64_t step = 0; step < steps + lanes - 1; ++step) {
    for (std::int64_t lane = std::max<std::int64_t>(0, step - steps + 1); lane < std::min(lanes, step + 1); ++lane) {
      filters_are_lanes ? add_group(step - lane, lane) : add_group(lane, step - lane);
    }
  }
  return positions;
}

std::string SystolicSchedule::filter_tiling() const {
  const std::string tiles = TiledSchedule::filter_tiling();
  if (!decoded_) return tiles;
  return "dataflow " + std::to_string(static_cast<int>(array.dataflow)) + " macs " + std::to_string(array.rate.macs) +
         ' ' + tiles;
}

AccumulationOrder SystolicSchedule::accumulation_order() const {
  // Every tap is added to the psum that the taps before it left, from fold to fold.
  std::vector<std::int64_t> taps(static_cast<std::size_t>(shape().C * shape().R * shape().S));
  std::iota(taps.begin(), taps.end(), 0);
  return {taps};
}

}  // namespace lacuna

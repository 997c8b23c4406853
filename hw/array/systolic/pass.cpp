// SPDX-License-Identifier: Apache-2.0
#include "hw/array/systolic/pass.hpp"

#include <algorithm>

namespace lacuna {

SystolicFold::SystolicFold(const SystolicArrayShape& array, const SystolicPass& pass)
    : taps(pass.taps), rate(array.rate) {
  const std::int64_t groups = ceil_div(taps, rate.macs);
  switch (array.dataflow) {
    case SystolicDataflow::output_stationary:
      rows = real_rows = pass.pixels;
      columns = weight_lanes = pass.filters;
      steps = groups;
      break;
    case SystolicDataflow::weight_stationary:
      rows = array.rows;
      real_rows = groups;
      columns = pass.filters;
      steps = pass.pixels;
      break;
    case SystolicDataflow::input_stationary:
      rows = array.rows;
      real_rows = weight_lanes = groups;
      columns = pass.pixels;
      steps = pass.filters;
      break;
  }
  taps_are_rows = !array.output_stationary();
  load = array.output_stationary() ? 0 : array.rows;
  // The wavefront crosses the whole array, however much of it the tile fills.
  compute = (steps + array.rows - 1 + array.columns - 1) * rate.cycles;
}

std::int64_t SystolicFold::weights_loaded(std::int64_t edge) const {
  return weight_lanes == 0 ? columns * taps_of(rows - 1 - edge) : 0;
}

std::int64_t SystolicFold::weights_streamed(std::int64_t step) const {
  // Lane l takes the weights of its issue step - l of `steps`.
  const std::int64_t first = std::max<std::int64_t>(0, step - steps + 1);
  const std::int64_t end = std::min(weight_lanes, step + 1);
  if (end <= first) return 0;
  // The last group of taps may lack some: it is the last row's, or the last issue of each column.
  const std::int64_t lane_of_last = taps_are_rows ? weight_lanes - 1 : step - steps + 1;
  const bool has_last = first <= lane_of_last && lane_of_last < end;
  return (end - first) * rate.macs - (has_last ? rate.macs - taps_of(ceil_div(taps, rate.macs) - 1) : 0);
}

}  // namespace lacuna

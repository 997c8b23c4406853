// SPDX-License-Identifier: Apache-2.0
#include "hw/array/systolic/pass.hpp"

#include <algorithm>

namespace lacuna {

SystolicFold::SystolicFold(const SystolicArrayShape& array, const SystolicPass& pass) {
  switch (array.dataflow) {
    case SystolicDataflow::output_stationary:
      rows = real_rows = pass.pixels;
      columns = weight_lanes = pass.filters;
      steps = pass.taps;
      break;
    case SystolicDataflow::weight_stationary:
      rows = array.rows;
      real_rows = pass.taps;
      columns = pass.filters;
      steps = pass.pixels;
      break;
    case SystolicDataflow::input_stationary:
      rows = array.rows;
      real_rows = weight_lanes = pass.taps;
      columns = pass.pixels;
      steps = pass.filters;
      break;
  }
  load = array.output_stationary() ? 0 : array.rows;
  // The wavefront crosses the whole array, however much of it the tile fills.
  compute = steps + array.rows - 1 + array.columns - 1;
}

std::int64_t SystolicFold::weights_loaded(std::int64_t edge) const {
  return weight_lanes == 0 && rows - 1 - edge < real_rows ? columns : 0;
}

std::int64_t SystolicFold::weights_streamed(std::int64_t edge) const {
  // Lane l takes word edge - l of its `steps` words.
  const std::int64_t first = std::max<std::int64_t>(0, edge - steps + 1);
  return std::max<std::int64_t>(0, std::min(weight_lanes, edge + 1) - first);
}

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include "hw/array/systolic/pass.hpp"

namespace lacuna {

SystolicFold::SystolicFold(const SystolicArrayShape& array, const SystolicPass& pass) {
  switch (array.dataflow) {
    case SystolicDataflow::output_stationary:
      rows = real_rows = pass.pixels;
      columns = pass.filters;
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
      real_rows = pass.taps;
      columns = pass.pixels;
      steps = pass.filters;
      break;
  }
  load = array.output_stationary() ? 0 : array.rows;
  // The wavefront crosses the whole array, however much of it the tile fills.
  compute = steps + array.rows - 1 + array.columns - 1;
}

}  // namespace lacuna

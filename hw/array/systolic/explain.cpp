// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "hw/array/systolic/mapping.hpp"
#include "hw/array/tiled_loops.hpp"

namespace lacuna {

std::vector<std::string> explain_systolic(const MappingContext& context, const SystolicMapping& map) {
  const LayerShape& shape = context.shape;
  const SystolicArrayShape array = systolic_array(context);
  const std::int64_t pixels = map.n * map.e * shape.F();
  const std::int64_t taps = map.c * shape.R * shape.S;
  const auto folds = [](std::int64_t depth, std::int64_t whole, std::int64_t side, const std::string& what) {
    return loop_line(depth, ceil_div(whole, side), "fold", std::min(whole, side), what);
  };
  std::vector<std::string> lines = tile_loop_lines(shape, map);
  const std::string rows_and_columns =
      ", " + std::to_string(array.rows) + " rows x " + std::to_string(array.columns) + " columns of PEs";
  const MacRate& rate = array.rate;
  const std::string side_by_side = rate.macs == 1 ? "" : ", " + std::to_string(rate.macs) + " side by side";
  const std::string pace = rate.cycles == 1 ? "" : ", " + std::to_string(rate.cycles) + " cycles each";
  const auto in_time = [&](std::int64_t steps, const std::string& what) {
    return "              in time: " + std::to_string(steps) + " " + what + pace;
  };
  switch (array.dataflow) {
    case SystolicDataflow::output_stationary:
      lines.push_back(folds(5, map.m, array.columns, "filters, in columns"));
      lines.push_back(folds(6, pixels, array.rows, "pixels, in rows: their psums stay" + rows_and_columns));
      lines.push_back(in_time(ceil_div(taps, rate.macs), rate.macs == 1 ? "taps" : "groups of taps" + side_by_side));
      break;
    case SystolicDataflow::weight_stationary:
      lines.push_back(folds(5, map.m, array.columns, "filters, in columns"));
      lines.push_back(folds(6, taps, array.taps_of_rows(),
                            "taps, in rows" + side_by_side + ": their weights stay" + rows_and_columns));
      lines.push_back(in_time(pixels, "pixels"));
      break;
    case SystolicDataflow::input_stationary:
      lines.push_back(folds(5, taps, array.taps_of_rows(), "taps, in rows" + side_by_side));
      lines.push_back(folds(6, pixels, array.columns, "pixels, in columns: their activations stay" + rows_and_columns));
      lines.push_back(in_time(map.m, "filters"));
      break;
  }
  return lines;
}

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

#include "hw/array/systolic/config.hpp"
#include "tests/support/whole_layer.hpp"

namespace lacuna::test {

/// Stall-free cycles of a layer on a systolic array of R x C PEs that does not overlap folds, in closed form: folds
/// times cycles of a fold, per group (Samajdar et al., ISPASS 2020). Its own arithmetic, apart from the machine's.
inline std::int64_t closed_form_cycles(const LayerShape& shape, const std::string& dataflow, std::int64_t R,
                                       std::int64_t C) {
  const std::int64_t P = shape.N * shape.E() * shape.F();
  const std::int64_t K = shape.C * shape.R * shape.S;
  const std::int64_t M = shape.M / shape.G;
  if (dataflow == "output_stationary") return shape.G * ceil_div(P, R) * ceil_div(M, C) * (K + R + C - 2);
  if (dataflow == "weight_stationary") return shape.G * ceil_div(K, R) * ceil_div(M, C) * (P + 2 * R + C - 2);
  return shape.G * ceil_div(K, R) * ceil_div(P, C) * (M + 2 * R + C - 2);
}

/// One cell of the table of printed figures of that tool: stall-free cycles less 1 of one group of an AlexNet layer
/// (227 x 227 inputs, padding, groups), batch 1.
struct SystolicCell {
  std::int64_t rows = 1;
  std::int64_t columns = 1;
  std::string dataflow;
  std::string layer;
  std::int64_t printed = 0;
};

inline void PrintTo(const SystolicCell& cell, std::ostream* out) { *out << cell.dataflow << " " << cell.layer; }

inline std::string name_of(const SystolicCell& cell) {
  return cell.dataflow + "_" + std::to_string(cell.rows) + "_by_" + std::to_string(cell.columns) + "_" + cell.layer;
}

inline std::vector<SystolicCell> systolic_cells() {
  struct Row {
    std::int64_t rows;
    std::int64_t columns;
    const char* dataflow;
    std::vector<std::int64_t> printed;
  };
  const std::vector<Row> table = {
      {12, 14, "output_stationary", {685376, 746639, 977759, 367919, 262799, 2707319, 1207159, 296639}},
      {12, 14, "weight_stationary", {664236, 764999, 1102079, 413279, 295199, 8325887, 3707621, 911087}},
      {12, 14, "input_stationary", {887963, 869199, 1048319, 426815, 307007, 3173375, 1413143, 354311}},
      {32, 32, "output_stationary", {121124, 116103, 170351, 64439, 42959, 1187583, 532223, 133055}},
  };
  const std::vector<const char*> layers = {"conv1", "conv2", "conv3", "conv4", "conv5", "fc6", "fc7", "fc8"};
  std::vector<SystolicCell> cells;
  for (const Row& row : table) {
    for (std::size_t layer = 0; layer < layers.size(); ++layer) {
      cells.push_back({row.rows, row.columns, row.dataflow, layers[layer], row.printed[layer]});
    }
  }
  return cells;
}

/// The layer of a cell on its array, with room for all of it in the global buffer: no fold is cut short by a tile.
inline LayerCase case_of(const SystolicCell& cell) {
  LayerCase layer = whole_layer_case({"systolic_32", cell.layer, 1});
  auto& array = static_cast<SystolicConfig&>(layer.chip.array.part());
  array.rows = cell.rows;
  array.columns = cell.columns;
  array.dataflow = cell.dataflow;
  layer.chip.global_buffer.banks = 65536;
  layer.chip.global_buffer.filter_banks = 65536;
  return layer;
}

}  // namespace lacuna::test

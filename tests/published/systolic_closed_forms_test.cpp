// SPDX-License-Identifier: Apache-2.0
// Stall-free cycles of AlexNet on systolic arrays that do not overlap folds: closed forms (Samajdar et al., "A
// Systematic Methodology for Characterizing Scalability of DNN Accelerators using SCALE-Sim", ISPASS 2020), for the
// geometry with 227 x 227 inputs, padding and groups, batch 1. The tool of that paper prints the index of the last
// cycle, from 0, of one group: N = groups x (printed + 1).
#include <gtest/gtest.h>

#include "hw/array/systolic/config.hpp"
#include "tests/support/systolic_cycles.hpp"
#include "tests/support/whole_layer.hpp"

namespace lacuna::test {
namespace {

struct Cell {
  std::int64_t rows = 1;
  std::int64_t columns = 1;
  std::string dataflow;
  std::string layer;
  std::int64_t printed = 0;
};

void PrintTo(const Cell& cell, std::ostream* out) { *out << cell.dataflow << " " << cell.layer; }

std::vector<Cell> cells() {
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
  std::vector<Cell> all;
  for (const Row& row : table) {
    for (std::size_t layer = 0; layer < layers.size(); ++layer) {
      all.push_back({row.rows, row.columns, row.dataflow, layers[layer], row.printed[layer]});
    }
  }
  return all;
}

class SystolicClosedForms : public testing::TestWithParam<Cell> {};

TEST_P(SystolicClosedForms, AreTheProcessingCyclesOfTheArray) {
  const Cell& cell = GetParam();
  LayerCase layer = whole_layer_case({"systolic_32", cell.layer, 1});
  const std::int64_t cycles = closed_form_cycles(layer.shape, cell.dataflow, cell.rows, cell.columns);
  EXPECT_EQ(cycles, layer.shape.G * (cell.printed + 1));
  auto& array = static_cast<SystolicConfig&>(layer.chip.array.part());
  array.rows = cell.rows;
  array.columns = cell.columns;
  array.dataflow = cell.dataflow;
  layer.chip.global_buffer.banks = 65536;  // the whole layer at once: no fold is cut short by the end of a tile
  layer.chip.global_buffer.filter_banks = 65536;
  EXPECT_EQ(layer.run_event().processing_cycles, cycles);
}

INSTANTIATE_TEST_SUITE_P(AlexNet, SystolicClosedForms, testing::ValuesIn(cells()), [](const auto& cell) {
  return cell.param.dataflow + "_" + std::to_string(cell.param.rows) + "_by_" + std::to_string(cell.param.columns) +
         "_" + cell.param.layer;
});

}  // namespace
}  // namespace lacuna::test

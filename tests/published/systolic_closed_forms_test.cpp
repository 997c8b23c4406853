// SPDX-License-Identifier: Apache-2.0
// Stall-free cycles of AlexNet on systolic arrays that do not overlap folds: closed forms (Samajdar et al., "A
// Systematic Methodology for Characterizing Scalability of DNN Accelerators using SCALE-Sim", ISPASS 2020), for the
// geometry with 227 x 227 inputs, padding and groups, batch 1. The tool of that paper prints the index of the last
// cycle, from 0, of one group: N = groups x (printed + 1).
#include <gtest/gtest.h>

#include "tests/support/systolic_cycles.hpp"

namespace lacuna::test {
namespace {

class SystolicClosedForms : public testing::TestWithParam<SystolicCell> {};

TEST_P(SystolicClosedForms, AreTheProcessingCyclesOfTheArray) {
  const SystolicCell& cell = GetParam();
  const LayerCase layer = case_of(cell);
  const std::int64_t cycles = closed_form_cycles(layer.shape, cell.dataflow, cell.rows, cell.columns);
  EXPECT_EQ(cycles, layer.shape.G * (cell.printed + 1));
  EXPECT_EQ(layer.run_event().processing_cycles, cycles);
}

INSTANTIATE_TEST_SUITE_P(AlexNet, SystolicClosedForms, testing::ValuesIn(systolic_cells()),
                         [](const auto& cell) { return name_of(cell.param); });

}  // namespace
}  // namespace lacuna::test

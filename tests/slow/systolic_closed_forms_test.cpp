// SPDX-License-Identifier: Apache-2.0
// The clocked array takes the cycles of the closed forms too: tests/published has their source.
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/support/systolic_cycles.hpp"

namespace lacuna::test {
namespace {

/// Conv layers on 12 x 14 PEs: a minute or so of the clocked model each at most.
std::vector<SystolicCell> small_cells() {
  std::vector<SystolicCell> cells = systolic_cells();
  const auto is_large = [](const SystolicCell& cell) { return cell.rows > 12 || cell.layer.find("fc") == 0; };
  cells.erase(std::remove_if(cells.begin(), cells.end(), is_large), cells.end());
  return cells;
}

class ClockedSystolicClosedForms : public testing::TestWithParam<SystolicCell> {};

TEST_P(ClockedSystolicClosedForms, AreTheProcessingCyclesOfTheClockedArray) {
  const SystolicCell& cell = GetParam();
  const LayerCase layer = case_of(cell);
  EXPECT_EQ(layer.run().processing_cycles, closed_form_cycles(layer.shape, cell.dataflow, cell.rows, cell.columns));
}

INSTANTIATE_TEST_SUITE_P(AlexNet, ClockedSystolicClosedForms, testing::ValuesIn(small_cells()),
                         [](const auto& cell) { return name_of(cell.param); });

}  // namespace
}  // namespace lacuna::test

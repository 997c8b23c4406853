// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "analysis/compared_runs.hpp"

namespace lacuna {

/// Numbers by row and column; NaN where there is none.
struct ComparisonTable {
  std::string id;     ///< "energy", "all_layers"
  std::string title;  ///< "Energy of chip and DRAM, uJ"
  std::vector<std::string> columns;
  std::vector<std::string> rows;
  std::vector<std::vector<double>> values;  ///< [row][column]
  std::vector<int> decimals;                ///< of each column, at least
  bool one_figure = false;                  ///< all columns are of the same
};

/// More runs are not set side by side.
constexpr std::size_t kMostCompared = 40;

/// Runs of one network side by side. First sums, a row each run: of the conv layers, of the fc layers, of all, each
/// with the runs that ran all of these; then figures by layer, a column each run.
std::vector<ComparisonTable> comparison_tables(const std::vector<ComparedRun>& runs);

/// Laid out for a terminal.
std::string text_of(const ComparisonTable& table);

}  // namespace lacuna

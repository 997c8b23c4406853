// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "sim/result/run_result.hpp"

namespace SQLite {
class Statement;
}

namespace lacuna {

/// A column of a table: a figure of a point or of a layer.
struct FigureColumn {
  std::string name;
  std::string type;  ///< "INTEGER", "REAL" or "TEXT"
  std::string meaning;
  std::string unit;
};

/// The figures of a point: sums over all layers that it ran, the area of its chip, and how exact its last layer is.
const std::vector<FigureColumn>& point_columns();
std::vector<std::string> point_figure_names();
/// The figures of a layer, but for those by event, component or cause.
const std::vector<FigureColumn>& layer_columns();

/// Binds the columns of a point in their order, from parameter `first` (from 1) on. A number that does not exist
/// becomes NULL.
void bind_point(SQLite::Statement& statement, int first, const RunResult& result);
void bind_layer(SQLite::Statement& statement, int first, const LayerResult& layer);

}  // namespace lacuna

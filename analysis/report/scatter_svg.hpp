// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace lacuna {

/// A point of a scatter chart.
struct ScatterDot {
  double x = 0.0;
  double y = 0.0;
  bool on_front = false;
  std::string name;  ///< in its tooltip
};

/// Two figures of many points, those of the front above the others.
struct Scatter {
  std::string title;
  std::string x_title;
  std::string y_title;
  std::vector<ScatterDot> dots;
};

/// The chart as a drawing: one <circle> for every dot whose figures are both finite.
std::string scatter_svg(const Scatter& scatter);

}  // namespace lacuna

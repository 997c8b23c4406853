// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace lacuna {

/// One colour of the stacks: a value for every bar.
struct StackedSeries {
  std::string name;
  std::string colour;
  std::vector<double> values;
};

/// The end of a whisker, for every bar.
struct StackedRange {
  double low = 0.0;
  double high = 0.0;
};

/// A bar chart whose bars (layers, mostly) are stacks. Both ways of drawing it come from this one description.
struct StackedBars {
  std::string title;
  std::string bar_title;     ///< what a bar stands for: "layer"
  std::string axis_title;    ///< of the values, with their unit: "energy, uJ"
  std::string series_title;  ///< what a colour stands for: "component"
  std::vector<std::string> bars;
  std::vector<StackedSeries> series;      ///< from the bottom up
  std::vector<StackedRange> ranges = {};  ///< of the sums; none for no whiskers
  double top = 0.0;                       ///< of the axis; 0: as high as the bars need
};

/// Vega-Lite: tooltips, a legend that picks series out, whiskers.
std::string stacked_bars_spec(const StackedBars& chart);

/// The same as a drawing, with one <rect> per value that is not 0.
std::string stacked_bars_svg(const StackedBars& chart);

/// Energies for people: what pJ must be divided by so that the largest is at least 1, and that unit.
struct EnergyUnit {
  double picojoules;
  const char* name;
};
EnergyUnit energy_unit(double largest_pj);

}  // namespace lacuna

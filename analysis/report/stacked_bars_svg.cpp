// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "analysis/printed.hpp"
#include "analysis/report/stacked_bars.hpp"
#include "analysis/report/svg.hpp"

namespace lacuna {
namespace {

constexpr double kLeft = 70.0;
constexpr double kTop = 34.0;
constexpr double kHeight = 260.0;  // of the plot
constexpr double kLegendWidth = 140.0;
constexpr double kNarrowest = 420.0;  // plot
constexpr double kBarStep = 26.0;
constexpr double kBarShare = 0.72;  // of a step
constexpr std::size_t kMostUprightLabels = 8;

/// Where things are.
struct Layout {
  double width;  ///< of the plot
  double step;   ///< from one bar to the next
  Ticks ticks;
  double x(std::size_t bar) const { return kLeft + (static_cast<double>(bar) + 0.5) * step; }
  double y(double value) const { return kTop + kHeight * (1.0 - value / ticks.high); }
};

Layout layout_of(const StackedBars& chart) {
  std::vector<double> tops(chart.bars.size(), 0.0);
  for (const StackedSeries& series : chart.series) {
    for (std::size_t i = 0; i < tops.size(); ++i) tops[i] += series.values[i];
  }
  for (std::size_t i = 0; i < chart.ranges.size(); ++i) tops[i] = std::max(tops[i], chart.ranges[i].high);
  double high = tops.empty() ? 1.0 : *std::max_element(tops.begin(), tops.end());
  if (chart.top > 0.0) high = chart.top;
  const double bars = static_cast<double>(std::max<std::size_t>(chart.bars.size(), 1));
  const double width = std::max(kNarrowest, bars * kBarStep);
  return {width, width / bars, Ticks::over(0.0, high > 0.0 ? high : 1.0, 6)};
}

void draw_axes(const StackedBars& chart, const Layout& layout, Svg& svg) {
  svg.text(kLeft, 16.0, chart.axis_title, Svg::Anchor::start);
  for (const double tick : layout.ticks.values()) {
    const double y = layout.y(tick);
    svg.path({{kLeft, y}, {kLeft + layout.width, y}}, 1.0, tick == 0.0 ? 0.8 : 0.15);
    svg.text(kLeft - 6.0, y + 4.0, tick_text(tick), Svg::Anchor::end);
  }
  const bool upright = chart.bars.size() <= kMostUprightLabels;
  for (std::size_t i = 0; i < chart.bars.size(); ++i) {
    const double y = kTop + kHeight + 16.0;
    if (upright) svg.text(layout.x(i), y, chart.bars[i], Svg::Anchor::middle);
    if (!upright) svg.text(layout.x(i) + 4.0, y - 4.0, chart.bars[i], Svg::Anchor::end, -45.0);
  }
}

void draw_bars(const StackedBars& chart, const Layout& layout, Svg& svg) {
  const double width = layout.step * kBarShare;
  std::vector<double> tops(chart.bars.size(), 0.0);
  for (const StackedSeries& series : chart.series) {
    for (std::size_t i = 0; i < chart.bars.size(); ++i) {
      const double value = series.values[i];
      if (value <= 0.0) continue;
      const double top = layout.y(tops[i] + value);
      svg.rect(layout.x(i) - width / 2.0, top, width, layout.y(tops[i]) - top, series.colour,
               chart.bars[i] + ", " + series.name + ": " + printed("%.6g", value));
      tops[i] += value;
    }
  }
  for (std::size_t i = 0; i < chart.ranges.size(); ++i) {
    const double low = layout.y(chart.ranges[i].low);
    const double high = layout.y(chart.ranges[i].high);
    svg.path({{layout.x(i), low}, {layout.x(i), high}}, 1.2, 0.9);
    for (const double y : {low, high}) svg.path({{layout.x(i) - 4.0, y}, {layout.x(i) + 4.0, y}}, 1.2, 0.9);
  }
}

void draw_legend(const StackedBars& chart, const Layout& layout, Svg& svg) {
  const double x = kLeft + layout.width + 16.0;
  double y = kTop + 4.0;
  for (auto series = chart.series.rbegin(); series != chart.series.rend(); ++series) {
    svg.rect(x, y, 11.0, 11.0, series->colour, "");
    svg.text(x + 17.0, y + 10.0, series->name, Svg::Anchor::start);
    y += 18.0;
  }
}

}  // namespace

std::string stacked_bars_svg(const StackedBars& chart) {
  const Layout layout = layout_of(chart);
  const double labels = chart.bars.size() <= kMostUprightLabels ? 28.0 : 80.0;
  const double legend = 18.0 * static_cast<double>(chart.series.size()) + 8.0;
  Svg svg(kLeft + layout.width + kLegendWidth, kTop + std::max(kHeight + labels, legend), chart.title);
  draw_axes(chart, layout, svg);
  draw_bars(chart, layout, svg);
  draw_legend(chart, layout, svg);
  return svg.str();
}

EnergyUnit energy_unit(double largest_pj) {
  for (const EnergyUnit& unit : {EnergyUnit{1e12, "J"}, EnergyUnit{1e9, "mJ"}, EnergyUnit{1e6, "uJ"}}) {
    if (largest_pj >= unit.picojoules) return unit;
  }
  return {1e3, "nJ"};
}

}  // namespace lacuna

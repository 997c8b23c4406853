// SPDX-License-Identifier: Apache-2.0
#include "analysis/report/scatter_svg.hpp"

#include <algorithm>
#include <cmath>

#include "analysis/printed.hpp"
#include "analysis/report/palette.hpp"
#include "analysis/report/svg.hpp"

namespace lacuna {
namespace {

constexpr double kLeft = 74.0;
constexpr double kTop = 34.0;
constexpr double kWidth = 460.0;  // of the plot
constexpr double kHeight = 320.0;
constexpr double kRight = 130.0;  // legend
constexpr double kBottom = 50.0;

/// Where figures are.
struct Plane {
  Ticks x;
  Ticks y;
  double left(double value) const { return kLeft + kWidth * (value - x.low) / (x.high - x.low); }
  double down(double value) const { return kTop + kHeight * (1.0 - (value - y.low) / (y.high - y.low)); }
};

bool is_finite(const ScatterDot& dot) { return std::isfinite(dot.x) && std::isfinite(dot.y); }

Ticks ticks_of(const std::vector<ScatterDot>& dots, double ScatterDot::*figure) {
  bool any = false;
  double low = 0.0;
  double high = 1.0;
  for (const ScatterDot& dot : dots) {
    if (!is_finite(dot)) continue;
    low = any ? std::min(low, dot.*figure) : dot.*figure;
    high = any ? std::max(high, dot.*figure) : dot.*figure;
    any = true;
  }
  return Ticks::over(low, high, 6);
}

void draw_axes(const Scatter& scatter, const Plane& plane, Svg& svg) {
  const double foot = kTop + kHeight;
  for (const double tick : plane.x.values()) {
    svg.path({{plane.left(tick), kTop}, {plane.left(tick), foot}}, 1.0, 0.15);
    svg.text(plane.left(tick), foot + 16.0, tick_text(tick), Svg::Anchor::middle);
  }
  for (const double tick : plane.y.values()) {
    svg.path({{kLeft, plane.down(tick)}, {kLeft + kWidth, plane.down(tick)}}, 1.0, 0.15);
    svg.text(kLeft - 6.0, plane.down(tick) + 4.0, tick_text(tick), Svg::Anchor::end);
  }
  svg.path({{kLeft, kTop}, {kLeft, foot}, {kLeft + kWidth, foot}}, 1.0, 0.8);
  svg.text(kLeft, 16.0, scatter.y_title, Svg::Anchor::start);
  svg.text(kLeft + kWidth / 2.0, foot + 38.0, scatter.x_title, Svg::Anchor::middle);
}

void draw_legend(Svg& svg) {
  const double x = kLeft + kWidth + 20.0;
  svg.circle(x, kTop + 10.0, 4.0, kVermilion, 1.0, "");
  svg.text(x + 10.0, kTop + 14.0, "Pareto front", Svg::Anchor::start);
  svg.circle(x, kTop + 30.0, 2.2, kSky, 0.7, "");
  svg.text(x + 10.0, kTop + 34.0, "other points", Svg::Anchor::start);
}

}  // namespace

std::string scatter_svg(const Scatter& scatter) {
  const Plane plane{ticks_of(scatter.dots, &ScatterDot::x), ticks_of(scatter.dots, &ScatterDot::y)};
  Svg svg(kLeft + kWidth + kRight, kTop + kHeight + kBottom, scatter.title);
  draw_axes(scatter, plane, svg);
  for (const bool front : {false, true}) {
    for (const ScatterDot& dot : scatter.dots) {
      if (dot.on_front != front || !is_finite(dot)) continue;
      svg.circle(plane.left(dot.x), plane.down(dot.y), front ? 4.0 : 2.2, front ? kVermilion : kSky, front ? 1.0 : 0.7,
                 dot.name + ": " + printed("%.6g", dot.x) + ", " + printed("%.6g", dot.y));
    }
  }
  draw_legend(svg);
  return svg.str();
}

}  // namespace lacuna

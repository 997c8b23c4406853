// SPDX-License-Identifier: Apache-2.0
#include "analysis/report/svg.hpp"

#include <cmath>

#include "analysis/printed.hpp"
#include "analysis/report/html.hpp"

namespace lacuna {
namespace {

/// A length, to a hundredth of a px.
std::string px(double value) { return printed("%.2f", value == 0.0 ? 0.0 : value); }  // no "-0.00"

std::string with_tooltip(const std::string& element, const std::string& name, const std::string& tooltip) {
  if (tooltip.empty()) return element + "/>\n";
  return element + "><title>" + escaped(tooltip) + "</title></" + name + ">\n";
}

}  // namespace

Svg::Svg(double width, double height, const std::string& title) {
  head_ = R"(<svg xmlns="http://www.w3.org/2000/svg" class="drawing" role="img" width=")" + px(width) +
          R"(" height=")" + px(height) + R"(" viewBox="0 0 )" + px(width) + " " + px(height) +
          R"(" color="#000000" font-family="Helvetica, Arial, sans-serif" font-size="12">)" + "\n<title>" +
          escaped(title) + "</title>\n";
}

void Svg::rect(double x, double y, double width, double height, const std::string& fill, const std::string& tooltip) {
  body_ += with_tooltip("<rect x=\"" + px(x) + "\" y=\"" + px(y) + "\" width=\"" + px(width) + "\" height=\"" +
                            px(height) + "\" fill=\"" + fill + "\"",
                        "rect", tooltip);
}

void Svg::circle(double x, double y, double radius, const std::string& fill, double opacity,
                 const std::string& tooltip) {
  body_ += with_tooltip("<circle cx=\"" + px(x) + "\" cy=\"" + px(y) + "\" r=\"" + px(radius) + "\" fill=\"" + fill +
                            "\" fill-opacity=\"" + px(opacity) + "\"",
                        "circle", tooltip);
}

void Svg::path(const std::vector<std::pair<double, double>>& points, double width, double opacity,
               const std::string& colour) {
  body_ += R"(<path d=")";
  for (std::size_t i = 0; i < points.size(); ++i) {
    body_ += (i == 0 ? "M" : " L") + px(points[i].first) + " " + px(points[i].second);
  }
  body_ += R"(" fill="none" stroke=")" + colour + R"(" stroke-width=")" + px(width) + R"(" stroke-opacity=")" +
           px(opacity) + "\"/>\n";
}

void Svg::text(double x, double y, const std::string& content, Anchor anchor, double degrees) {
  static const char* const kAnchors[] = {"start", "middle", "end"};
  body_ += "<text x=\"" + px(x) + "\" y=\"" + px(y) + "\" text-anchor=\"" + kAnchors[static_cast<int>(anchor)] +
           "\" fill=\"currentColor\"";
  if (degrees != 0.0) body_ += " transform=\"rotate(" + px(degrees) + " " + px(x) + " " + px(y) + ")\"";
  body_ += ">" + escaped(content) + "</text>\n";
}

std::string Svg::str() const { return head_ + body_ + "</svg>\n"; }

Ticks Ticks::over(double low, double high, int count) {
  Ticks ticks;
  const double span = high > low ? high - low : 1.0;
  // The power of ten below the span, by exact steps: no logarithm.
  double power = 1.0;
  while (power > span) power /= 10.0;
  while (power * 10.0 <= span) power *= 10.0;
  ticks.step = power;
  for (const double factor : {0.05, 0.1, 0.2, 0.25, 0.5, 1.0, 2.0, 5.0}) {
    ticks.step = power * factor;
    if (span / ticks.step <= count) break;
  }
  ticks.low = std::floor(low / ticks.step) * ticks.step;
  ticks.high = std::ceil(high / ticks.step) * ticks.step;
  if (ticks.high <= ticks.low) ticks.high = ticks.low + ticks.step;
  return ticks;
}

std::vector<double> Ticks::values() const {
  std::vector<double> result;
  const int count = static_cast<int>(std::round((high - low) / step));
  result.reserve(static_cast<std::size_t>(count) + 1);
  for (int i = 0; i <= count; ++i) result.push_back(low + i * step);
  return result;
}

std::string tick_text(double value) {
  struct Prefix {
    double factor;
    const char* name;
  };
  for (const Prefix& prefix : {Prefix{1e12, " T"}, Prefix{1e9, " G"}, Prefix{1e6, " M"}, Prefix{1e3, " k"}}) {
    if (std::abs(value) >= prefix.factor) return printed("%.4g", value / prefix.factor) + prefix.name;
  }
  return printed("%.4g", value);
}

}  // namespace lacuna

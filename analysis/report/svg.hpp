// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace lacuna {

/// A drawing for paper and for pages without JavaScript: SVG 1.1 without scripts, style sheets or outside references.
/// Lines and texts take the colour of the text around it, black where it stands alone. Lengths in px; y points down.
class Svg {
 public:
  /// `title` is read by screen readers.
  Svg(double width, double height, const std::string& title);

  enum class Anchor { start, middle, end };
  void rect(double x, double y, double width, double height, const std::string& fill, const std::string& tooltip);
  void circle(double x, double y, double radius, const std::string& fill, double opacity, const std::string& tooltip);
  /// From one point to the next, in the colour of the text unless another is given.
  void path(const std::vector<std::pair<double, double>>& points, double width, double opacity,
            const std::string& colour = "currentColor");
  /// `degrees`: turned about its anchor, clockwise.
  void text(double x, double y, const std::string& content, Anchor anchor, double degrees = 0.0);
  std::string str() const;

 private:
  std::string head_;
  std::string body_;
};

/// A linear axis from 0 or `low` up to a round number.
struct Ticks {
  double low = 0.0;
  double high = 1.0;
  double step = 1.0;
  /// `count`: about how many.
  static Ticks over(double low, double high, int count);
  std::vector<double> values() const;
};

/// A number on an axis: "2.5 M" for 2,500,000; "0.25".
std::string tick_text(double value);

}  // namespace lacuna

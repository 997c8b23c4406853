// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "analysis/report/sweep_document.hpp"

namespace lacuna {

/// A figure over all points that have one value of an axis, or one of a stretch of values.
struct AxisEffect {
  std::string value;  ///< "12", "0.5 to 0.75"
  std::string start;  ///< "12", "0.5": what fits below a mark
  std::size_t points = 0;
  double low = 0.0;
  double median = 0.0;  ///< of an even number: the lower of the two in the middle
  double high = 0.0;
};

/// What a figure is at each value of an axis, in the order of the values, over all points that have both. An axis of
/// more than `most` different numbers is cut into that many stretches of one width.
std::vector<AxisEffect> axis_effect(const SweepColumn& axis, const SweepColumn& figure, std::size_t most);

}  // namespace lacuna

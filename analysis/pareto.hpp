// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

namespace lacuna {

/// Which of two values of a figure is the better one.
enum class Better { less, more };

/// Points by rows: `values` has points x goals.size() figures, all figures of a point one after another.
struct ParetoProblem {
  std::vector<Better> goals;
  std::vector<double> values;
  std::size_t points() const { return goals.empty() ? 0 : values.size() / goals.size(); }
};

/// The points that no other dominates, in ascending order of their places. A point dominates another when it is at
/// least as good in every figure and better in one; points that are equal in all figures are on the front together or
/// not at all. Takes n log n for up to three figures, n log^2 n for four, and n times the front for more. Throws Error
/// (bad_input) for a figure that is not a number and for values that are no whole number of points.
std::vector<std::size_t> pareto_front(const ParetoProblem& problem);

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include "analysis/pareto.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <string>

#include "hw/base/error.hpp"

namespace lacuna {
namespace {

/// Different points, all figures to be minimised, in lexical order: what dominates a point stands before it, and so a
/// point is dominated when one before it is no worse in all figures but the first.
struct Ordered {
  std::size_t figures = 0;
  std::vector<const double*> rows;
  std::vector<char> dominated;

  double figure(std::size_t point, std::size_t number) const {
    return number < figures ? rows[point][number] : 0.0;  // fewer figures: the others are equal
  }
};

/// Whether a point was entered whose rank is at most something and whose value too: a binary indexed tree of least
/// values.
class PrefixMinimum {
 public:
  explicit PrefixMinimum(std::size_t size) : least_(size + 1) {}
  void enter(std::size_t rank, double value) {
    for (std::size_t i = rank + 1; i < least_.size(); i += i & (~i + 1)) {
      if (!least_[i] || value < *least_[i]) least_[i] = value;
    }
  }
  bool has_up_to(std::size_t rank, double value) const {
    for (std::size_t i = rank + 1; i > 0; i -= i & (~i + 1)) {
      if (least_[i] && *least_[i] <= value) return true;
    }
    return false;
  }

 private:
  std::vector<std::optional<double>> least_;
};

/// The place of each value among the different values.
std::vector<std::size_t> ranks_of(const Ordered& points, const std::vector<std::size_t>& chosen, std::size_t figure) {
  std::vector<double> values;
  values.reserve(chosen.size());
  for (const std::size_t point : chosen) values.push_back(points.figure(point, figure));
  std::vector<double> sorted = values;
  std::sort(sorted.begin(), sorted.end());
  std::vector<std::size_t> ranks;
  ranks.reserve(values.size());
  for (const double value : values) {
    ranks.push_back(static_cast<std::size_t>(std::lower_bound(sorted.begin(), sorted.end(), value) - sorted.begin()));
  }
  return ranks;
}

/// Marks the points of the right half that one of the left half dominates: in all figures but the first, which the
/// order has settled. The halves lie in [begin, middle) and [middle, end).
void mark_across(Ordered& points, std::size_t begin, std::size_t middle, std::size_t end) {
  std::vector<std::size_t> by_second(end - begin);
  std::iota(by_second.begin(), by_second.end(), begin);
  // Equal in the second figure: those of the left half first, they may dominate.
  std::stable_sort(by_second.begin(), by_second.end(),
                   [&](std::size_t a, std::size_t b) { return points.figure(a, 1) < points.figure(b, 1); });
  const std::vector<std::size_t> ranks = ranks_of(points, by_second, 2);
  PrefixMinimum least(by_second.size());
  for (std::size_t i = 0; i < by_second.size(); ++i) {
    const std::size_t point = by_second[i];
    if (point < middle) {
      if (points.dominated[point] == 0) least.enter(ranks[i], points.figure(point, 3));
    } else if (least.has_up_to(ranks[i], points.figure(point, 3))) {
      points.dominated[point] = 1;
    }
  }
}

void mark_four(Ordered& points, std::size_t begin, std::size_t end) {
  if (end - begin < 2) return;
  const std::size_t middle = begin + (end - begin) / 2;
  mark_four(points, begin, middle);
  mark_across(points, begin, middle, end);
  mark_four(points, middle, end);
}

/// Up to three figures: one pass in order.
void mark_three(Ordered& points) {
  std::vector<std::size_t> all(points.rows.size());
  std::iota(all.begin(), all.end(), 0);
  const std::vector<std::size_t> ranks = ranks_of(points, all, 1);
  PrefixMinimum least(all.size());
  for (const std::size_t point : all) {
    const double third = points.figure(point, 2);
    points.dominated[point] = least.has_up_to(ranks[point], third) ? 1 : 0;
    if (points.dominated[point] == 0) least.enter(ranks[point], third);
  }
}

/// Any number of figures: each point against the front so far.
void mark_any(Ordered& points) {
  std::vector<const double*> front;
  for (std::size_t point = 0; point < points.rows.size(); ++point) {
    const double* row = points.rows[point];
    const bool beaten = std::any_of(front.begin(), front.end(), [&](const double* other) {
      for (std::size_t i = 1; i < points.figures; ++i) {
        if (other[i] > row[i]) return false;
      }
      return true;
    });
    points.dominated[point] = beaten ? 1 : 0;
    if (!beaten) front.push_back(row);
  }
}

/// The figures, turned so that less is better. Throws for what is not a number.
std::vector<double> minimised(const ParetoProblem& problem) {
  std::vector<double> values = problem.values;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (std::isnan(values[i]))
      fail_input("pareto: point " + std::to_string(i / problem.goals.size()) + ": not a number");
    if (problem.goals[i % problem.goals.size()] == Better::more) values[i] = -values[i];
  }
  return values;
}

}  // namespace

std::vector<std::size_t> pareto_front(const ParetoProblem& problem) {
  const std::size_t figures = problem.goals.size();
  if (figures == 0 ? !problem.values.empty() : problem.values.size() % figures != 0) {
    fail_input("pareto: found " + std::to_string(problem.values.size()) + " figures; allowed a multiple of " +
               std::to_string(figures));
  }
  const std::vector<double> values = minimised(problem);
  const auto row = [&](std::size_t point) { return values.data() + point * figures; };
  std::vector<std::size_t> order(problem.points());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::lexicographical_compare(row(a), row(a) + figures, row(b), row(b) + figures);
  });
  Ordered points;
  points.figures = figures;
  std::vector<std::size_t> group(order.size());  // which of the different points each is
  for (const std::size_t point : order) {
    const double* figures_of = row(point);
    const bool same = !points.rows.empty() && std::equal(figures_of, figures_of + figures, points.rows.back());
    if (!same) points.rows.push_back(figures_of);
    group[point] = points.rows.size() - 1;
  }
  points.dominated.assign(points.rows.size(), 0);
  if (figures > 4) {
    mark_any(points);
  } else if (figures == 4) {
    mark_four(points, 0, points.rows.size());
  } else {
    mark_three(points);
  }
  std::vector<std::size_t> front;
  for (std::size_t point = 0; point < group.size(); ++point) {
    if (points.dominated[group[point]] == 0) front.push_back(point);
  }
  return front;
}

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include "sim/sweep/points.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <numeric>
#include <set>

#include "hw/base/error.hpp"
#include "sim/sweep/point_filter.hpp"
#include "workloads/random/random.hpp"

namespace lacuna {
namespace {

/// The value that each group has, as one number of a mixed radix; the last group changes first.
using GroupValues = std::vector<std::size_t>;

std::int64_t grid_size(const SweepFile& sweep) {
  std::int64_t size = 1;
  for (const AxisGroup& group : sweep.groups) {
    size *= static_cast<std::int64_t>(group.size());
    if (size > kMostPoints) {
      fail_input(sweep.base.origin("") + ": /axes: a grid of more than " + std::to_string(kMostPoints) +
                 " points; allowed fewer, or \"sample\" with method latin_hypercube");
    }
  }
  return size;
}

GroupValues grid_point(const SweepFile& sweep, std::int64_t position) {
  GroupValues values(sweep.groups.size());
  for (std::size_t group = values.size(); group-- > 0;) {
    const auto size = static_cast<std::int64_t>(sweep.groups[group].size());
    values[group] = static_cast<std::size_t>(position % size);
    position /= size;
  }
  return values;
}

SweepPoint point_of(const SweepFile& sweep, const GroupValues& values) {
  SweepPoint point;
  for (std::size_t group = 0; group < values.size(); ++group) {
    point.values.insert(point.values.end(), sweep.groups[group].axes.size(), static_cast<std::uint32_t>(values[group]));
  }
  return point;
}

/// The first `count` of a random order of 0 .. size-1 (Fisher and Yates).
std::vector<std::size_t> drawn(std::size_t size, std::size_t count, const RandomStream& stream) {
  std::vector<std::size_t> order(size);
  std::iota(order.begin(), order.end(), std::size_t{0});
  count = std::min(count, size);
  for (std::size_t i = 0; i < count; ++i) std::swap(order[i], order[i + stream.below(i, size - i)]);
  order.resize(count);
  return order;
}

std::vector<SweepPoint> whole_grid(const SweepFile& sweep) {
  const std::int64_t size = grid_size(sweep);
  const PointFilter filter(sweep);
  std::vector<SweepPoint> points;
  for (std::int64_t position = 0; position < size; ++position) {
    SweepPoint point = point_of(sweep, grid_point(sweep, position));
    if (filter.passes(point)) points.push_back(std::move(point));
  }
  return points;
}

/// Points of the grid, no two alike, in the grid's order.
std::vector<SweepPoint> random_points(const SweepFile& sweep) {
  const std::vector<SweepPoint> all = whole_grid(sweep);
  std::vector<std::size_t> chosen = drawn(all.size(), static_cast<std::size_t>(sweep.sampling->points),
                                          RandomStream(stream_key(sweep.sampling->seed, "random points")));
  std::sort(chosen.begin(), chosen.end());
  std::vector<SweepPoint> points;
  points.reserve(chosen.size());
  for (const std::size_t position : chosen) points.push_back(all[position]);
  return points;
}

/// Every axis is cut into as many stretches as there are points, and every stretch is met once (McKay, Beckman and
/// Conover, Technometrics 21(2), 1979). On axes of few values points may coincide: they are run once.
std::vector<SweepPoint> latin_hypercube(const SweepFile& sweep) {
  const auto count = static_cast<std::size_t>(sweep.sampling->points);
  std::vector<std::vector<std::size_t>> orders;
  std::vector<RandomStream> within;
  for (std::size_t group = 0; group < sweep.groups.size(); ++group) {
    const std::string name = "latin hypercube " + std::to_string(group);
    orders.push_back(drawn(count, count, RandomStream(stream_key(sweep.sampling->seed, name))));
    within.emplace_back(stream_key(sweep.sampling->seed, name + ", within stretches"));
  }
  const PointFilter filter(sweep);
  std::set<GroupValues> points;
  for (std::size_t i = 0; i < count; ++i) {
    GroupValues values;
    for (std::size_t group = 0; group < orders.size(); ++group) {
      // Somewhere within the stretch: its lower edge alone would leave out most values of a long axis.
      const double place = static_cast<double>(orders[group][i]) + 1.0 - within[group].unit(i);
      const auto size = static_cast<double>(sweep.groups[group].size());
      values.push_back(std::min(static_cast<std::size_t>(place * size / static_cast<double>(count)),
                                sweep.groups[group].size() - 1));
    }
    points.insert(values);
  }
  std::vector<SweepPoint> result;
  for (const GroupValues& values : points) {
    SweepPoint point = point_of(sweep, values);
    if (filter.passes(point)) result.push_back(std::move(point));
  }
  return result;
}

}  // namespace

std::vector<SweepPoint> points_of(const SweepFile& sweep) {
  std::vector<SweepPoint> points = !sweep.sampling                      ? whole_grid(sweep)
                                   : sweep.sampling->method == "random" ? random_points(sweep)
                                                                        : latin_hypercube(sweep);
  if (points.empty()) fail_input(sweep.base.origin("") + ": /filters: no point passes; allowed filters that one does");
  return points;
}

std::string point_text(const SweepFile& sweep, const SweepPoint& point) {
  const std::vector<const Axis*> axes = sweep.axes();
  std::string text;
  for (std::size_t i = 0; i < axes.size(); ++i) {
    text += (i == 0 ? "" : ", ") + axes[i]->name + "=" + axes[i]->values[point.values[i]];
  }
  return text;
}

}  // namespace lacuna

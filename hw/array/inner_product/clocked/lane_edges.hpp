// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <numeric>
#include <vector>

namespace lacuna {

/// Edges that the lanes of a unit spend in one way: at each of them, the first so many lanes.
class LaneEdges {
 public:
  explicit LaneEdges(std::int64_t lanes) : edges_(static_cast<std::size_t>(lanes) + 1, 0) {}

  void add(std::int64_t first_lanes) { ++edges_[static_cast<std::size_t>(first_lanes)]; }
  /// Edges at which it was any number of lanes.
  std::int64_t all() const { return std::accumulate(edges_.begin(), edges_.end(), std::int64_t{0}); }
  /// By lane.
  std::vector<std::int64_t> by_lane() const {
    std::vector<std::int64_t> sums(edges_.size() - 1);
    std::int64_t sum = 0;
    for (std::size_t lane = sums.size(); lane-- > 0;) sums[lane] = sum += edges_[lane + 1];
    return sums;
  }

 private:
  std::vector<std::int64_t> edges_;  ///< by number of lanes
};

}  // namespace lacuna

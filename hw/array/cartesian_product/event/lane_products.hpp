// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "hw/array/cartesian_product/grid.hpp"

namespace lacuna {

/// Numbers of words by lane.
using CartesianLanes = std::array<std::int32_t, static_cast<std::size_t>(kMostCartesianLanes)>;

/// Numbers by plane (channel and phase) and PE. They are held as doubles, which are exact up to 2^53: no host
/// multiplies integers of that size as fast.
class CartesianLaneCounts {
 public:
  void clear(std::int64_t planes, std::int64_t pes);
  double& at(std::int64_t plane, std::int64_t pe) { return counts_[static_cast<std::size_t>(plane * pitch_ + pe)]; }
  /// Of all PEs of a plane, in order.
  const double* of(std::int64_t plane) const { return counts_.data() + plane * pitch_; }
  /// Numbers from one plane to the next.
  std::int64_t pitch() const { return pitch_; }
  std::int64_t pes() const { return pes_; }

 private:
  static constexpr std::int64_t kPitch = 8;  ///< a multiple of it: a vector of the widest hosts
  std::int64_t pitch_ = kPitch;
  std::int64_t pes_ = 0;
  std::vector<double> counts_;
};

/// Filter lanes are told apart in groups of so many, the last one filled up: a host then knows how many it works on.
constexpr std::size_t kLaneGroup = 4;
constexpr std::size_t lane_pitch(std::int64_t lanes) {
  return (static_cast<std::size_t>(lanes) + kLaneGroup - 1) / kLaneGroup * kLaneGroup;
}

/// Of some filter lanes and each PE, the sum over planes of its count times that of the lane's weights: element
/// lane x counts.pitch() + PE. `weights` are by plane and lane, a multiple of kLaneGroup of them. Vectorised over PEs
/// (Google Highway), the same on every host.
std::vector<double> sum_products(const CartesianLaneCounts& counts, const std::vector<double>& weights,
                                 std::size_t lanes);

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include "workloads/stimulus/density_bias.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

namespace lacuna {

std::int64_t bias_for_density(Span<const Word> psums, double density, const PostArithmetic& post) {
  if (psums.empty()) return 0;
  std::vector<std::int64_t> sorted(psums.begin(), psums.end());
  std::sort(sorted.begin(), sorted.end(), std::greater<>());
  const auto count = static_cast<std::int64_t>(sorted.size());
  const auto psum = [&](std::int64_t i) { return sorted[static_cast<std::size_t>(i)]; };
  // Equal psums come out alike: only where the next one is smaller can the line be drawn.
  const auto gap = [&](std::int64_t n) { return n <= 0 || n >= count || psum(n - 1) > psum(n); };
  const auto aim = static_cast<std::int64_t>(std::floor(density * static_cast<double>(count) + 0.5));
  std::int64_t distance = 0;
  while (!gap(aim - distance) && !gap(aim + distance)) ++distance;
  const std::int64_t n = gap(aim - distance) ? aim - distance : aim + distance;
  // The smallest sum that is not rounded to zero: a half, or 1 where nothing is rounded.
  const std::int64_t smallest = post.right_shift > 0 ? std::int64_t{1} << (post.right_shift - 1) : 1;
  return n == 0 ? smallest - 1 - psum(0) : smallest - psum(n - 1);
}

}  // namespace lacuna

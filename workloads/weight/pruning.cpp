// SPDX-License-Identifier: Apache-2.0
#include "workloads/weight/pruning.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace lacuna {

void prune_by_magnitude(Tensor<float>& weights, double zero_share) {
  const auto pruned = static_cast<std::ptrdiff_t>(std::floor(zero_share * static_cast<double>(weights.size())));
  if (pruned == 0) return;
  std::vector<float> magnitudes(weights.data.size());
  std::transform(weights.data.begin(), weights.data.end(), magnitudes.begin(), [](float w) { return std::fabs(w); });
  const auto last = magnitudes.begin() + pruned - 1;
  std::nth_element(magnitudes.begin(), last, magnitudes.end());
  const float largest = *last;
  // Those below the largest magnitude that goes all go; of those that equal it, as many as are still wanted.
  std::ptrdiff_t ties = pruned - std::count_if(magnitudes.begin(), last, [=](float m) { return m < largest; });
  for (float& weight : weights.data) {
    const float magnitude = std::fabs(weight);
    if (magnitude < largest || (magnitude == largest && ties-- > 0)) weight = 0.0F;
  }
}

}  // namespace lacuna

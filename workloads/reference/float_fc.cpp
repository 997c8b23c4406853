// SPDX-License-Identifier: Apache-2.0
#include "workloads/reference/float_sums.hpp"
#include "workloads/reference/kernels.hpp"

namespace lacuna {

void float_fc(const Tensor<float>& ifmap, const LayerWeights& weights, Tensor<float>& ofmap) {
  const std::size_t taps = ifmap.data.size();
  for (std::size_t m = 0; m < ofmap.data.size(); ++m) {
    ofmap.data[m] = dot(weights.weights.data.data() + m * taps, ifmap.data.data(), taps) + weights.bias.data[m];
  }
}

}  // namespace lacuna

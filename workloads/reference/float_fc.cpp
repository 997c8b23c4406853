// SPDX-License-Identifier: Apache-2.0
#include "workloads/reference/kernels.hpp"

namespace lacuna {

namespace {

constexpr std::size_t kLanes = 16;

/// Lane i sums the products i, i + 16, i + 32, ...; then the upper half of the lanes is added to the lower until one is
/// left.
float dot(const float* a, const float* b, std::size_t count) {
  float lanes[kLanes] = {};
  std::size_t k = 0;
  for (; k + kLanes <= count; k += kLanes) {
    for (std::size_t i = 0; i < kLanes; ++i) lanes[i] += a[k + i] * b[k + i];
  }
  for (std::size_t i = 0; k < count; ++k, ++i) lanes[i] += a[k] * b[k];
  for (std::size_t half = kLanes / 2; half > 0; half /= 2) {
    for (std::size_t i = 0; i < half; ++i) lanes[i] += lanes[half + i];
  }
  return lanes[0];
}

}  // namespace

void float_fc(const Tensor<float>& ifmap, const LayerWeights& weights, Tensor<float>& ofmap) {
  const std::size_t taps = ifmap.data.size();
  for (std::size_t m = 0; m < ofmap.data.size(); ++m) {
    ofmap.data[m] = dot(weights.weights.data.data() + m * taps, ifmap.data.data(), taps) + weights.bias.data[m];
  }
}

}  // namespace lacuna

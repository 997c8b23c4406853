// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <limits>

#include "workloads/reference/kernels.hpp"

namespace lacuna {

namespace {

/// Calls `pool` with each window, cut to the ifmap, and puts what it gives into the ofmap.
template <class Pool>
void for_each_window(const Layer& layer, const Tensor<float>& ifmap, Tensor<float>& ofmap, Pool pool) {
  const auto [C, E, F] = layer.out;
  for (std::int64_t c = 0; c < C; ++c) {
    const float* channel = ifmap.data.data() + c * layer.in.H * layer.in.W;
    for (std::int64_t e = 0; e < E; ++e) {
      const std::int64_t top = e * layer.U - layer.P;
      for (std::int64_t f = 0; f < F; ++f) {
        const std::int64_t left = f * layer.U - layer.P;
        ofmap.data[static_cast<std::size_t>((c * E + e) * F + f)] =
            pool(channel, std::max<std::int64_t>(top, 0), std::min(top + layer.R, layer.in.H),
                 std::max<std::int64_t>(left, 0), std::min(left + layer.S, layer.in.W));
      }
    }
  }
}

}  // namespace

void float_max_pool(const Layer& layer, const Tensor<float>& ifmap, Tensor<float>& ofmap) {
  const auto largest = [&](const float* channel, std::int64_t top, std::int64_t bottom, std::int64_t left,
                           std::int64_t right) {
    float result = -std::numeric_limits<float>::infinity();
    for (std::int64_t y = top; y < bottom; ++y) {
      for (std::int64_t x = left; x < right; ++x) result = std::max(result, channel[y * layer.in.W + x]);
    }
    return result;
  };
  for_each_window(layer, ifmap, ofmap, largest);
}

void float_average_pool(const Layer& layer, const Tensor<float>& ifmap, Tensor<float>& ofmap) {
  const auto words = static_cast<float>(layer.R * layer.S);
  const auto average = [&](const float* channel, std::int64_t top, std::int64_t bottom, std::int64_t left,
                           std::int64_t right) {
    float sum = 0.0f;
    for (std::int64_t y = top; y < bottom; ++y) {
      for (std::int64_t x = left; x < right; ++x) sum += channel[y * layer.in.W + x];
    }
    return sum / words;
  };
  for_each_window(layer, ifmap, ofmap, average);
}

}  // namespace lacuna

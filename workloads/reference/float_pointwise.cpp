// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "workloads/random/random.hpp"
#include "workloads/reference/kernels.hpp"

namespace lacuna {

void float_relu(const Tensor<float>& ifmap, Tensor<float>& ofmap) {
  for (std::size_t i = 0; i < ofmap.data.size(); ++i) ofmap.data[i] = ifmap.data[i] > 0.0f ? ifmap.data[i] : 0.0f;
}

void float_lrn(const Layer& layer, const Tensor<float>& ifmap, Tensor<float>& ofmap) {
  const std::int64_t pixels = layer.in.H * layer.in.W;
  const std::int64_t half = layer.lrn.size / 2;
  const double weight = layer.lrn.alpha / static_cast<double>(layer.lrn.size);
  std::vector<double> squares(static_cast<std::size_t>(pixels));
  for (std::int64_t c = 0; c < layer.in.C; ++c) {
    std::fill(squares.begin(), squares.end(), 0.0);
    const std::int64_t last = std::min(c + half, layer.in.C - 1);
    for (std::int64_t near = std::max<std::int64_t>(c - half, 0); near <= last; ++near) {
      const float* x = ifmap.data.data() + near * pixels;
      for (std::size_t i = 0; i < squares.size(); ++i) squares[i] += static_cast<double>(x[i]) * x[i];
    }
    const float* x = ifmap.data.data() + c * pixels;
    float* y = ofmap.data.data() + c * pixels;
    for (std::size_t i = 0; i < squares.size(); ++i) {
      // d^0.75 = d^(1/2) d^(1/4)
      const double root = std::sqrt(layer.lrn.k + weight * squares[i]);
      y[i] = static_cast<float>(x[i] / (root * std::sqrt(root)));
    }
  }
}

void float_softmax(const Tensor<float>& ifmap, Tensor<float>& ofmap) {
  const auto channels = static_cast<std::size_t>(ifmap.shape[0]);
  const std::size_t pixels = ifmap.data.size() / channels;
  std::vector<double> powers(channels);
  for (std::size_t i = 0; i < pixels; ++i) {
    double largest = ifmap.data[i];
    for (std::size_t c = 0; c < channels; ++c) largest = std::max<double>(largest, ifmap.data[c * pixels + i]);
    double sum = 0.0;
    for (std::size_t c = 0; c < channels; ++c) {
      powers[c] = exponential(ifmap.data[c * pixels + i] - largest);
      sum += powers[c];
    }
    for (std::size_t c = 0; c < channels; ++c) ofmap.data[c * pixels + i] = static_cast<float>(powers[c] / sum);
  }
}

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <numeric>
#include <string>
#include <vector>

namespace lacuna {

/// A dense tensor, last index fastest. Feature maps are C H W, filters M C R S (C per group), biases M.
template <class T>
struct Tensor {
  std::vector<std::int64_t> shape;
  std::vector<T> data;

  Tensor() = default;
  explicit Tensor(std::vector<std::int64_t> shape_, T value = T())
      : shape(std::move(shape_)), data(static_cast<std::size_t>(count(shape)), value) {}

  static std::int64_t count(const std::vector<std::int64_t>& shape) {
    return std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>());
  }
  std::int64_t size() const { return static_cast<std::int64_t>(data.size()); }
};

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <random>
#include <vector>

namespace lacuna::test {

/// Seeded draws, the same on every host.
class Dice {
 public:
  explicit Dice(std::int64_t seed) : random_(static_cast<std::uint64_t>(seed)) {}

  /// Both ends included.
  std::int64_t draw(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(high - low + 1));
  }
  bool flip() { return draw(0, 1) == 1; }
  bool one_in(std::int64_t n) { return draw(1, n) == 1; }
  template <class T>
  T pick(const std::vector<T>& values) {
    return values[static_cast<std::size_t>(draw(0, static_cast<std::int64_t>(values.size()) - 1))];
  }
  /// 1 or 2 in half of the draws, else up to `most`.
  std::int64_t small(std::int64_t most) { return draw(1, flip() ? (most < 2 ? most : 2) : most); }

 private:
  std::mt19937_64 random_;
};

}  // namespace lacuna::test

// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <string>

#include "hw/base/error.hpp"
#include "hw/number/level_format.hpp"

namespace lacuna {
namespace {

constexpr std::int64_t kMaxBits = 8;

/// Activations of k bits in equal steps from 0 to the end of the range, 2^(integer_bits - 1), where they are clipped
/// (Zhou et al., "DoReFa-Net", 2016; with one integer bit the range is its own, 0 to 1): level i stands for i steps of
/// 1 / (2^k - 1) of the range. A value in the middle of two levels goes to the even one.
class UniformLevels : public LevelFormat {
 public:
  std::int64_t min_bits() const override { return 1; }
  std::int64_t max_bits() const override { return kMaxBits; }
  std::optional<ActivationLevels> levels(const NumberParameters& parameters) const override {
    if (parameters.bits < 1 || parameters.bits > kMaxBits)
      fail_input("number format uniform_levels: found " + std::to_string(parameters.bits) + " bits; allowed 1 to 8");
    const std::int64_t top = (std::int64_t{1} << parameters.bits) - 1;
    ActivationLevels levels;
    levels.unit = std::ldexp(1.0, static_cast<int>(parameters.integer_bits - 1)) / static_cast<double>(top);
    levels.unsigned_words = true;
    levels.words = {0};
    for (std::int64_t level = 1; level <= top; ++level) {
      levels.thresholds.push_back({(static_cast<double>(level) - 0.5) * levels.unit, level % 2 == 0});
      levels.words.push_back(static_cast<StoredWord>(level));
    }
    return levels;
  }
};

const Registration<NumberFormat, UniformLevels> registered{"uniform_levels"};

}  // namespace
}  // namespace lacuna

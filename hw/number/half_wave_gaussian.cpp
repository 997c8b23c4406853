// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <string>

#include "hw/base/error.hpp"
#include "hw/number/level_format.hpp"

namespace lacuna {
namespace {

// Steps that make the error of a half-wave Gaussian of unit variance least (Cai, He, Sun, Vasconcelos, "Deep Learning
// with Low Precision by Half-wave Gaussian Quantization", CVPR 2017); the same by numerical minimisation.
constexpr double kSteps[] = {0.798, 0.538};

/// Activations in the levels 0, D, 2 D, ... that suit what ReLU leaves of a Gaussian: a value up to 0 is 0, every other
/// one at least D; the other thresholds lie in the middle of two levels and belong to the lower one. D is given for a
/// standard deviation of 1, which is taken to be a quarter of the range's end, 2^(integer_bits - 1): 3 integer bits are
/// the paper's own scale.
class HalfWaveGaussian : public LevelFormat {
 public:
  std::int64_t min_bits() const override { return 1; }
  std::int64_t max_bits() const override { return 2; }
  std::optional<ActivationLevels> levels(const NumberParameters& parameters) const override {
    if (parameters.bits < 1 || parameters.bits > 2) {
      fail_input("number format half_wave_gaussian: found " + std::to_string(parameters.bits) +
                 " bits; allowed 1 to 2");
    }
    constexpr int kDeviationsInRange = 2;  // as a power of two
    const double deviation = std::ldexp(1.0, static_cast<int>(parameters.integer_bits - 1) - kDeviationsInRange);
    ActivationLevels levels;
    levels.unit = kSteps[parameters.bits - 1] * deviation;
    levels.unsigned_words = true;
    levels.words = {0};
    for (std::int64_t level = 1; level < std::int64_t{1} << parameters.bits; ++level) {
      const double at = level == 1 ? 0.0 : (static_cast<double>(level) - 0.5) * levels.unit;
      levels.thresholds.push_back({at, false});
      levels.words.push_back(static_cast<StoredWord>(level));
    }
    return levels;
  }
};

const Registration<NumberFormat, HalfWaveGaussian> registered{"half_wave_gaussian"};

}  // namespace
}  // namespace lacuna

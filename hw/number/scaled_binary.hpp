// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "hw/number/number_format.hpp"

namespace lacuna {

/// What the scale of a format with signs and a scale belongs to.
enum class ScaleOf { none, layer, filter };

/// Weights of one bit: their signs, 0 being positive, and perhaps a scale, the mean magnitude of what it belongs to.
/// Code 0 is -1 and code 1 is +1, in units of a power of two near the mean magnitude of a layer of that range. Without
/// a scale that unit is all there is: networks with such weights normalise behind them; with 4 integer bits it is 1.
class ScaledBinary : public NumberFormat {
 public:
  EncodedTensor encode(Span<const float> values, const NumberParameters& parameters) const override;
  /// A scale is a word of 32 bits.
  std::int64_t bits_stored(std::int64_t count, const NumberParameters& parameters) const override;
  std::int64_t min_bits() const override { return 1; }
  std::int64_t max_bits() const override { return 1; }
  bool coded() const override { return true; }
  bool needs_training() const override { return true; }

 protected:
  explicit ScaledBinary(ScaleOf scale) : scale_(scale) {}

 private:
  ScaleOf scale_;
};

/// The parts of `values` that have a scale of their own: filters of `filter_words`, or all of them at once for 0.
std::vector<Span<const float>> parts_with_a_scale(Span<const float> values, std::int64_t filter_words);

/// The sum of magnitudes: of every sixteenth value, then of those sums.
double sum_of_magnitudes(Span<const float> values);

/// Fraction bits of weights that are small integers with a scale, of a layer whose largest magnitude has so many
/// integer bits: scales, which are mostly an eighth of it, are then near 1.
std::int64_t fraction_bits_of_units(std::int64_t integer_bits);

}  // namespace lacuna

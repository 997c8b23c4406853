// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "hw/number/number_format.hpp"

namespace lacuna {

/// Logarithmic numbers (Miyashita, Lee, Murmann, "Convolutional Neural Networks using Logarithmic Data Representation",
/// 2016): zero, and signed powers of a base, 2^bits - 1 of them, the largest one step below the full scale, which is
/// 2^integer_bits of the range. What is above saturates; what is more than half a step below the smallest power is
/// zero. `bits` are those of the code of a magnitude, 0 being zero; a sign takes one more. A word is the code with its
/// sign, so words are in the order of their values.
class Logarithm {
 public:
  /// `steps` powers to an octave: 1 for base 2, 2 for its square root. `bits`: 1 to most_bits().
  Logarithm(std::int64_t steps, const NumberParameters& parameters);

  /// Widest code whose largest power is worth at most 16 bits, signed.
  static std::int64_t most_bits(std::int64_t steps) { return steps == 1 ? 4 : 5; }
  std::int64_t powers() const { return powers_; }
  /// One power's worth, 1 to powers(), in units of 2^-fraction_bits(). Base 2: 2^(n-1). Its square root: to the nearest
  /// integer, the largest even power being 2^14.
  Word worth(std::int64_t n) const;
  std::int64_t fraction_bits() const { return fraction_bits_; }
  /// The code of a magnitude.
  std::int64_t code(double magnitude) const;
  /// The smallest magnitude that gets code n.
  double threshold(std::int64_t n) const;

 private:
  std::int64_t steps_;
  std::int64_t powers_;
  std::int64_t lowest_;  ///< exponent of the smallest power, in steps
  std::int64_t fraction_bits_;
};

/// A format by its base, for weights (codes of a codebook, the sign in the top bit) and activations (levels).
class LogarithmFormat : public NumberFormat {
 public:
  EncodedTensor encode(Span<const float> values, const NumberParameters& parameters) const override;
  std::int64_t bits_stored(std::int64_t count, const NumberParameters& parameters) const override {
    return count * word_bits(parameters);
  }
  std::int64_t min_bits() const override { return 1; }
  std::int64_t max_bits() const override { return Logarithm::most_bits(steps_); }
  bool coded() const override { return true; }
  std::int64_t word_bits(const NumberParameters& parameters) const override { return parameters.bits + 1; }
  bool for_activations() const override { return true; }
  std::optional<ActivationLevels> levels(const NumberParameters& parameters) const override;

 protected:
  explicit LogarithmFormat(std::int64_t steps) : steps_(steps) {}

 private:
  std::int64_t steps_;
};

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hw/base/arithmetic.hpp"
#include "hw/base/float16.hpp"
#include "hw/base/registry.hpp"
#include "hw/base/span.hpp"
#include "hw/base/stored_words.hpp"

namespace lacuna {

/// How many bits, and where they stand.
struct NumberParameters {
  std::int64_t bits = 16;         ///< width of a stored word, sign included
  std::int64_t integer_bits = 1;  ///< bits left of the binary point, sign included: values lie in [-2^(i-1), 2^(i-1))
  std::int64_t value_bits = 16;   ///< width of what a code stands for (codebook entries); unused where words are values
  std::int64_t filter_words = 0;  ///< values of a filter, where each has a scale of its own; 0: all values are of one
};

/// A tensor as stored. The worth of a stored word w is v x 2^-fraction_bits x scale, where v is w itself, or
/// codebook[w] where there is a codebook, or the float number whose word it is, and the scale that of its filter, or
/// the only one, or 1. The array multiplies by v; scales are applied to finished psums.
struct EncodedTensor {
  StoredWords words;
  std::vector<Word> codebook;
  StoredWords words_by_tap;  ///< the same of an fc layer with the last dimension first, where they are at hand
  StoredWords signs;         ///< the same of an fc layer as bits, where weights are signs and these are at hand
  std::int64_t fraction_bits = 0;
  std::vector<double> scales;  ///< none, one, or one for each filter
  std::int64_t zeros = 0;      ///< words that are worth zero, once they have been counted
  bool floating = false;       ///< words are binary16 numbers (hw/base/float16.hpp)

  Word integer(std::size_t index) const {
    return codebook.empty() ? words[index] : codebook[static_cast<std::size_t>(words[index])];
  }
  /// What a word is worth, but for scales.
  double worth(std::size_t index) const {
    if (floating) return float16::value_of(words[index]);
    return std::ldexp(integer(index), static_cast<int>(-fraction_bits));
  }
};

/// One step of a quantiser: where it lies, and whether a value right there is already above it.
struct Threshold {
  double at = 0.0;
  bool inclusive = true;
};

/// Activations that are stored as the number of a level instead of as fixed point: what post-processing compares a sum
/// with, and what a multiplier gets. The word of a value is words[n], n the thresholds below it. Where it is mirrored,
/// the magnitude is looked at and a negative value gets the negative word.
struct ActivationLevels {
  std::vector<Threshold> thresholds;  ///< ascending
  std::vector<StoredWord> words;      ///< one more than thresholds
  std::vector<Word> worths;           ///< by magnitude of a word, in units; empty: a word is worth itself
  double unit = 1.0;                  ///< what 1 is worth
  bool mirrored = false;
  bool two_signs = false;  ///< words are -1 and 1 alone, and stored as a sign of 1 bit; never zero but in padding
  bool unsigned_words = false;

  /// The word of a finite value.
  StoredWord word_of(double value) const;
  /// What a word is worth, in units.
  Word worth_of(Word word) const {
    if (worths.empty()) return word;
    const Word worth = worths[static_cast<std::size_t>(word < 0 ? -word : word)];
    return word < 0 ? -worth : worth;
  }
};

/// A number format: a plug-in, one file in hw/number, `Registration<NumberFormat, ...>`. Pure functions, no state.
class NumberFormat {
 public:
  virtual ~NumberFormat() = default;
  /// Throws Error (bad_input) on a width the format does not have and on values that are not finite.
  virtual EncodedTensor encode(Span<const float> values, const NumberParameters& parameters) const = 0;
  /// Bits that a tensor of `count` values takes where it is stored dense, tables included.
  virtual std::int64_t bits_stored(std::int64_t count, const NumberParameters& parameters) const = 0;
  /// Allowed widths of a stored word.
  virtual std::int64_t min_bits() const = 0;
  virtual std::int64_t max_bits() const = 0;
  /// Whether the word of a value does not depend on the other values of its tensor.
  virtual bool elementwise() const { return false; }
  /// Whether words are binary16 numbers, whatever the range.
  virtual bool floating() const { return false; }
  /// Whether stored words are codes (not negative) of a codebook.
  virtual bool coded() const { return false; }
  /// Whether the entries of the codebook are of value_bits, which the user chooses.
  virtual bool chooses_value_bits() const { return false; }
  /// Width of a stored word: `bits`, or a bit more where those do not count a sign.
  virtual std::int64_t word_bits(const NumberParameters& parameters) const { return parameters.bits; }
  /// Whether weights, or activations, may have it.
  virtual bool for_weights() const { return true; }
  virtual bool for_activations() const { return false; }
  /// Of a format of activations that are levels; nothing where they are fixed point.
  virtual std::optional<ActivationLevels> levels(const NumberParameters& /*parameters*/) const { return std::nullopt; }
  /// Whether words are what training has made of them (signs, learned values, levels that a network was trained to
  /// live with): applied to a network afterwards, it keeps nothing of what the network knows.
  virtual bool needs_training() const { return false; }
};

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hw/base/arithmetic.hpp"
#include "hw/base/registry.hpp"
#include "hw/base/span.hpp"
#include "hw/base/stored_words.hpp"

namespace lacuna {

/// How many bits, and where they stand.
struct NumberParameters {
  std::int64_t bits = 16;         ///< width of a stored word, sign included
  std::int64_t integer_bits = 1;  ///< bits left of the binary point, sign included: values lie in [-2^(i-1), 2^(i-1))
  std::int64_t value_bits = 16;   ///< width of what a code stands for (codebook entries); unused where words are values
};

/// A tensor as stored. The worth of a stored word w is v x 2^-fraction_bits, where v is w itself, or codebook[w] where
/// there is a codebook.
struct EncodedTensor {
  StoredWords words;
  std::vector<Word> codebook;
  StoredWords words_by_tap;  ///< the same of an fc layer with the last dimension first, where they are at hand
  std::int64_t fraction_bits = 0;
  std::int64_t zeros = 0;  ///< words that are worth zero, once they have been counted

  Word integer(std::size_t index) const {
    return codebook.empty() ? words[index] : codebook[static_cast<std::size_t>(words[index])];
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
  /// Whether stored words are codes (not negative) of a codebook with entries of value_bits.
  virtual bool coded() const { return false; }
};

}  // namespace lacuna

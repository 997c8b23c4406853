// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "hw/base/word_form.hpp"
#include "hw/mac/activation_worths.hpp"
#include "hw/number/number_format.hpp"

namespace lacuna {

/// How the words of a feature map are stored. A word w is worth v x 2^-fraction_bits x scale, where v is w itself, or
/// what its level is worth, or the float number whose word it is.
struct ActivationFormat {
  std::int64_t bits = 16;
  std::int64_t fraction_bits = 15;
  std::string format = "fixed_point";  ///< registered name
  double scale = 1.0;                  ///< from 1 to below 2; of levels whose unit is no power of two
  std::shared_ptr<const ActivationLevels> levels = nullptr;  ///< none: fixed point, or float
  bool floating = false;                                     ///< words are binary16 numbers; fraction_bits is 0

  bool operator==(const ActivationFormat& o) const {
    return bits == o.bits && fraction_bits == o.fraction_bits && format == o.format && scale == o.scale;
  }
  WordForm form() const;
  /// What words are worth to a multiplier, in units of 2^-fraction_bits x scale.
  ActivationWorths worths() const;
  /// What a word is worth.
  double value_of(StoredWord word) const;
  /// Whether words are integers with a binary point.
  bool fixed_point() const { return levels == nullptr && !floating; }

 private:
  double unit() const;
};

/// The format `parameters` says, of a registered number format that activations may have.
ActivationFormat activation_format(const std::string& format, const NumberParameters& parameters);

/// The words of finite values. Throws Error (bad_input) on NaN and infinity.
std::vector<StoredWord> to_words(Span<const float> values, const ActivationFormat& format);

/// What words are worth.
std::vector<float> to_values(Span<const StoredWord> words, const ActivationFormat& format);

}  // namespace lacuna

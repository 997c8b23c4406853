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
/// what its level is worth.
struct ActivationFormat {
  std::int64_t bits = 16;
  std::int64_t fraction_bits = 15;
  std::string format = "fixed_point";  ///< registered name
  double scale = 1.0;                  ///< from 1 to below 2; of levels whose unit is no power of two
  std::shared_ptr<const ActivationLevels> levels = nullptr;  ///< none: fixed point

  bool operator==(const ActivationFormat& o) const {
    return bits == o.bits && fraction_bits == o.fraction_bits && format == o.format && scale == o.scale;
  }
  WordForm form() const;
  /// What words are worth to a multiplier, in units of 2^-fraction_bits x scale.
  ActivationWorths worths() const;
  /// That unit.
  double unit() const;
};

/// The format `parameters` says, of a registered number format that activations may have.
ActivationFormat activation_format(const std::string& format, const NumberParameters& parameters);

/// The words of finite values. Throws Error (bad_input) on NaN and infinity.
std::vector<StoredWord> to_words(Span<const float> values, const ActivationFormat& format);

/// What words are worth.
std::vector<float> to_values(Span<const StoredWord> words, const ActivationFormat& format);

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include "sim/values/activation_format.hpp"

#include <cmath>

#include "hw/number/fixed_point.hpp"

namespace lacuna {

WordForm ActivationFormat::form() const {
  if (levels == nullptr) return WordForm::twos_complement;
  if (levels->two_signs) return WordForm::sign;
  return levels->unsigned_words ? WordForm::not_negative : WordForm::twos_complement;
}

ActivationWorths ActivationFormat::worths() const {
  return levels == nullptr ? ActivationWorths() : ActivationWorths(levels->worths);
}

double ActivationFormat::unit() const { return std::ldexp(scale, static_cast<int>(-fraction_bits)); }

double ActivationFormat::value_of(StoredWord word) const {
  if (floating) return float16::value_of(word);
  return (levels == nullptr ? Word{word} : levels->worth_of(word)) * unit();
}

ActivationFormat activation_format(const std::string& format, const NumberParameters& parameters) {
  const NumberFormat& number = *Registry<NumberFormat>::instance().find(format);
  ActivationFormat result;
  result.format = format;
  result.bits = number.word_bits(parameters);
  result.floating = number.floating();
  if (const std::optional<ActivationLevels> levels = number.levels(parameters)) {
    result.levels = std::make_shared<const ActivationLevels>(*levels);
    int exponent = 0;
    result.scale = 2.0 * std::frexp(levels->unit, &exponent);  // unit = scale x 2^(exponent - 1)
    result.fraction_bits = 1 - exponent;
  } else if (result.floating) {
    result.fraction_bits = 0;
  } else {
    result.fraction_bits = parameters.bits - parameters.integer_bits;
  }
  return result;
}

std::vector<StoredWord> to_words(Span<const float> values, const ActivationFormat& format) {
  if (format.fixed_point()) return to_fixed_point(values, format.bits, format.fraction_bits);
  max_magnitude(values);  // refuses what is not finite
  std::vector<StoredWord> words;
  words.reserve(values.size());
  for (const float value : values)
    words.push_back(format.floating ? static_cast<StoredWord>(float16::word_of(value)) : format.levels->word_of(value));
  return words;
}

std::vector<float> to_values(Span<const StoredWord> words, const ActivationFormat& format) {
  std::vector<float> values;
  values.reserve(words.size());
  for (const StoredWord word : words) values.push_back(static_cast<float>(format.value_of(word)));
  return values;
}

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/number/number_format.hpp"

namespace lacuna {

/// What formats share that activations alone have, as levels from 0 on.
class LevelFormat : public NumberFormat {
 public:
  /// One scale: what a level is worth.
  EncodedTensor encode(Span<const float> values, const NumberParameters& parameters) const override {
    const ActivationLevels steps = *levels(parameters);
    EncodedTensor encoded;
    std::vector<StoredWord> words;
    words.reserve(values.size());
    for (const float value : values) words.push_back(steps.word_of(value));
    encoded.words = std::move(words);
    encoded.scales = {steps.unit};
    return encoded;
  }
  std::int64_t bits_stored(std::int64_t count, const NumberParameters& parameters) const override {
    return count * parameters.bits;
  }
  bool for_weights() const override { return false; }
  bool for_activations() const override { return true; }
  bool needs_training() const override { return true; }
};

}  // namespace lacuna

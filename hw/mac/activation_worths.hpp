// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include "hw/base/arithmetic.hpp"
#include "hw/base/span.hpp"

namespace lacuna {

/// What activation words are worth to a multiplier: itself, or by a table, by its magnitude, with the word's sign.
class ActivationWorths {
 public:
  ActivationWorths() = default;
  explicit ActivationWorths(std::vector<Word> by_magnitude) : by_magnitude_(std::move(by_magnitude)) {}

  /// Whether a word is worth itself.
  bool are_words() const { return by_magnitude_.empty(); }
  /// Throws std::out_of_range on a word that the table does not have.
  Word of(Word word) const {
    if (are_words()) return word;
    const Word worth = by_magnitude_.at(static_cast<std::size_t>(word < 0 ? -word : word));
    return word < 0 ? -worth : worth;
  }
  std::vector<StoredWord> of(Span<const StoredWord> words) const {
    std::vector<StoredWord> worths;
    worths.reserve(words.size());
    for (const StoredWord word : words) worths.push_back(static_cast<StoredWord>(of(Word{word})));
    return worths;
  }

 private:
  std::vector<Word> by_magnitude_;
};

}  // namespace lacuna

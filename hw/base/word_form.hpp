// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "hw/base/arithmetic.hpp"

namespace lacuna {

/// How a word lies in its bits: as two's complement; never negative; or as the one bit of a sign, which is set for -1
/// alone. A sign has no zero: padding is known by its place.
enum class WordForm { twos_complement, not_negative, sign };

/// What is stored of a word, and the word of what is stored.
inline StoredWord to_stored(WordForm form, StoredWord word) {
  return form == WordForm::sign ? static_cast<StoredWord>(word < 0) : word;
}
inline StoredWord from_stored(WordForm form, StoredWord stored) {
  return form == WordForm::sign ? static_cast<StoredWord>(1 - 2 * stored) : stored;
}

/// The same for all words of a stream.
inline std::vector<StoredWord> to_stored(WordForm form, std::vector<StoredWord> words) {
  if (form == WordForm::sign)
    for (StoredWord& word : words) word = to_stored(form, word);
  return words;
}
inline std::vector<StoredWord> from_stored(WordForm form, std::vector<StoredWord> words) {
  if (form == WordForm::sign)
    for (StoredWord& word : words) word = from_stored(form, word);
  return words;
}

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include "hw/base/arithmetic.hpp"
#include "hw/base/span.hpp"

namespace lacuna {

/// Consecutive stored words that never change and that several owners share, wherever they lie: in a vector of their
/// own or in a mapped file. Copies are cheap and show the same words.
class StoredWords {
 public:
  StoredWords() = default;
  StoredWords(std::vector<StoredWord> words)  // NOLINT(google-explicit-constructor): a vector is one place to lie
      : StoredWords(std::make_shared<const std::vector<StoredWord>>(std::move(words))) {}
  /// Words that lie in something that `owner` keeps alive.
  StoredWords(Span<const StoredWord> words, std::shared_ptr<const void> owner)
      : words_(words), owner_(std::move(owner)) {}

  Span<const StoredWord> span() const { return words_; }
  operator Span<const StoredWord>() const { return words_; }  // NOLINT(google-explicit-constructor)
  /// What keeps them: as long as it lives, they are where and what they are.
  std::weak_ptr<const void> owner() const { return owner_; }
  const StoredWord* data() const { return words_.data(); }
  std::size_t size() const { return words_.size(); }
  bool empty() const { return words_.empty(); }
  StoredWord operator[](std::size_t index) const { return words_[index]; }
  const StoredWord* begin() const { return words_.begin(); }
  const StoredWord* end() const { return words_.end(); }
  /// Whether they stay where they are for as long as a copy of this lives.
  bool owned() const { return owner_ != nullptr; }
  bool operator==(const StoredWords& o) const { return std::equal(begin(), end(), o.begin(), o.end()); }
  bool operator!=(const StoredWords& o) const { return !(*this == o); }

 private:
  explicit StoredWords(std::shared_ptr<const std::vector<StoredWord>> words)
      : words_(*words), owner_(std::move(words)) {}

  Span<const StoredWord> words_;
  std::shared_ptr<const void> owner_;
};

}  // namespace lacuna

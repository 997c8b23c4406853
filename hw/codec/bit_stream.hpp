// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/base/span.hpp"

namespace lacuna {

/// Fields of any width side by side in words of 64 bits, the first in the lowest bits.
class BitWriter {
 public:
  /// The lowest `bits` of a field, 0 <= bits <= 57; those above must be 0.
  void put(std::uint64_t field, std::int64_t bits);
  std::int64_t bits() const { return bits_; }
  /// All words; bits behind the last field are 0.
  const std::vector<std::uint64_t>& words() const { return words_; }

 private:
  std::vector<std::uint64_t> words_;
  std::int64_t bits_ = 0;
};

/// Reads what a BitWriter wrote.
class BitReader {
 public:
  explicit BitReader(Span<const std::uint64_t> words) : words_(words) {}

  /// The next 57 bits or more, without taking them; zeros behind the end.
  std::uint64_t peek() const {
    const auto word = static_cast<std::size_t>(position_ / 64);
    const auto shift = static_cast<unsigned>(position_ % 64);
    if (word + 1 < words_.size()) {
      return shift == 0 ? words_[word] : words_[word] >> shift | words_[word + 1] << (64 - shift);
    }
    return word < words_.size() ? words_[word] >> shift : 0;
  }
  /// Takes bits. Those behind the end are taken too: a reader must look at past_end() in the end.
  void take(std::int64_t bits) { position_ += bits; }
  bool past_end() const { return position_ > 64 * static_cast<std::int64_t>(words_.size()); }
  /// Whether fewer than 64 bits are left, and all of them are 0, as a BitWriter leaves them.
  bool at_end() const;

 private:
  Span<const std::uint64_t> words_;
  std::int64_t position_ = 0;
};

}  // namespace lacuna

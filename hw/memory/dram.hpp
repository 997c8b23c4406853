// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/base/span.hpp"

namespace lacuna {

/// What lies in DRAM: words of the link's width, and where each stream begins.
struct StreamRange {
  std::int64_t first_word = 0;
  std::int64_t words = 0;
  std::int64_t values = 0;  ///< what the stream decodes to
};

/// DRAM contents of one layer. Streams of ofmaps are appended as they are written.
class Dram {
 public:
  std::uint64_t read(std::int64_t word) {
    ++words_read_;
    return words_.at(static_cast<std::size_t>(word));
  }
  /// Many words at once: none where they lie in reserved addresses.
  Span<const std::uint64_t> read(std::int64_t first, std::int64_t words) {
    words_read_ += words;
    if (first >= kReserved) return {};
    return {words_.data() + first, static_cast<std::size_t>(words)};
  }
  /// Addresses for words whose contents nobody asks for.
  std::int64_t reserve(std::int64_t words) {
    const std::int64_t first = kReserved + reserved_;
    reserved_ += words;
    return first;
  }
  void append(std::uint64_t word) {
    ++words_written_;
    words_.push_back(word);
  }
  /// So many words whose contents nobody asks for.
  void append_reserved(std::int64_t words) {
    words_written_ += words;
    reserve(words);
  }
  std::int64_t size() const { return static_cast<std::int64_t>(words_.size()); }
  std::int64_t words_read() const { return words_read_; }
  std::int64_t words_written() const { return words_written_; }

  /// Host's access, not counted: what lies there before the layer starts, and after it has ended.
  std::vector<std::uint64_t>& contents() { return words_; }
  const std::vector<std::uint64_t>& contents() const { return words_; }

 private:
  static constexpr std::int64_t kReserved = std::int64_t{1} << 48;

  std::vector<std::uint64_t> words_;
  std::int64_t reserved_ = 0;
  std::int64_t words_read_ = 0;
  std::int64_t words_written_ = 0;
};

}  // namespace lacuna

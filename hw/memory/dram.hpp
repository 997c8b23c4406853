// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

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
  void append(std::uint64_t word) {
    ++words_written_;
    words_.push_back(word);
  }
  std::int64_t size() const { return static_cast<std::int64_t>(words_.size()); }
  std::int64_t words_read() const { return words_read_; }
  std::int64_t words_written() const { return words_written_; }

  /// Host's access, not counted: what lies there before the layer starts, and after it has ended.
  std::vector<std::uint64_t>& contents() { return words_; }
  const std::vector<std::uint64_t>& contents() const { return words_; }

 private:
  std::vector<std::uint64_t> words_;
  std::int64_t words_read_ = 0;
  std::int64_t words_written_ = 0;
};

}  // namespace lacuna

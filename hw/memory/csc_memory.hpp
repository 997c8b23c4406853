// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/base/span.hpp"
#include "hw/codec/csc.hpp"
#include "hw/codec/csc_reader.hpp"

namespace lacuna {

/// The stream of a matrix in compressed sparse columns: PE by PE its pointers, then the rows of its entry memory, field
/// by field without gaps, in words of `word_bits` of the DRAM link, 1 to 64. `matrix` is row by row. Throws Error
/// (bad_input) where the entries of a PE do not fit its memory or its pointers, naming which of them binds.
std::vector<std::uint64_t> csc_stream(const CscFormat& format, Span<const StoredWord> matrix, std::int64_t columns,
                                      std::int64_t word_bits);

/// Words of that stream, from the entries of each PE. Throws as csc_stream.
std::int64_t csc_stream_words(const CscFormat& format, Span<const std::int64_t> entries, std::int64_t columns,
                              std::int64_t word_bits);

/// The matrix, row by row, out of that stream. Throws Error (run_failed) on one that csc_stream() does not give.
std::vector<StoredWord> csc_matrix(const CscFormat& format, Span<const std::uint64_t> words, std::int64_t word_bits,
                                   std::int64_t rows, std::int64_t columns);

/// Words written into the memories of all PEs.
struct CscWrites {
  std::int64_t pointers = 0;
  std::int64_t rows = 0;
};

/// What all PEs have read.
struct CscReadSums {
  std::int64_t pointers = 0;
  std::int64_t rows = 0;
};

/// The memories of all PEs that hold compressed sparse columns: entry rows and two pointer banks each, one reader each.
class CscMemories {
 public:
  /// Throws Error (bad_input) where the format is none.
  explicit CscMemories(const CscFormat& format);
  CscMemories(const CscMemories&) = delete;
  CscMemories& operator=(const CscMemories&) = delete;

  /// Takes a stream of a matrix of rows x columns; what was there before is gone, row buffers included. Throws Error
  /// (run_failed) where the stream is too short or too long.
  void load(Span<const std::uint64_t> words, std::int64_t word_bits, std::int64_t rows, std::int64_t columns);
  /// Of what was loaded last.
  CscReader& reader(std::int64_t pe) { return readers_[static_cast<std::size_t>(pe)]; }

  /// Rows of the entry memory that a PE's columns take.
  std::int64_t rows(std::int64_t pe) const {
    return static_cast<std::int64_t>(memories_[static_cast<std::size_t>(pe)].rows.size());
  }

  /// As decode_csc().
  std::vector<StoredWord> matrix(std::int64_t rows, std::int64_t columns) const {
    return decode_csc(format_, memories_, rows, columns);
  }

  const CscWrites& writes() const { return writes_; }
  CscReadSums reads() const;

 private:
  CscFormat format_;
  std::vector<CscMemory> memories_;
  std::vector<CscReader> readers_;
  CscWrites writes_;
  CscReadSums read_before_;  ///< from what is gone
};

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "hw/codec/csc.hpp"

namespace lacuna {

/// What one cycle of a CscReader brought.
struct CscCycle {
  std::optional<std::int64_t> fetched_row;  ///< the row of the entry memory that was read; none: it was in the buffer
  std::optional<std::int64_t> row;          ///< of the PE's rows the one of the code; none: filler, padding, no entry
  StoredWord code = 0;
};

/// What a CscReader has read.
struct CscReads {
  std::array<std::int64_t, 2> pointers = {0, 0};  ///< words of each pointer bank
  std::int64_t rows = 0;                          ///< rows of the entry memory
  std::int64_t cycles = 0;                        ///< entries, and one for each empty column
  std::int64_t entries = 0;                       ///< fillers and padding included
  std::int64_t fillers = 0;                       ///< entries without a code
};

/// Reads columns of a PE's memories in any order, an entry a cycle, as EIE does: both pointers of a column at once, one
/// from each bank, also of an empty column, which takes a cycle. A row of the entry memory is read when the entry is
/// not in the row read last; that one stays buffered from column to column. Reads are pipelined: none costs a cycle.
/// (S. Han et al., ISCA 2016, section IV, and the authors' simulator.) The format must have passed check(); memory and
/// format must outlive the reader.
class CscReader {
 public:
  CscReader(const CscFormat& format, const CscMemory& memory, std::int64_t local_rows)
      : format_(format), memory_(memory), local_rows_(local_rows) {}

  /// Reads where a column lies. The one before must be read to its end. Throws Error (run_failed) where pointers fall
  /// or are missing.
  void begin_column(std::int64_t column);
  /// Whether cycles of the column are left.
  bool in_column() const { return in_column_; }
  /// The next cycle. Throws Error (run_failed) on an entry that no encoder gives, or that is missing.
  CscCycle step();

  /// Entry that follows the column, in the entry memory.
  std::int64_t end() const { return end_; }
  const CscReads& reads() const { return reads_; }

 private:
  std::int64_t read_pointer(std::int64_t pointer);
  std::uint64_t fetch(CscCycle& cycle);
  void take_code(std::uint64_t run, CscCycle& cycle);
  void take_zeros(std::uint64_t run);
  [[noreturn]] void fail(const std::string& what) const;

  const CscFormat& format_;
  const CscMemory& memory_;
  std::int64_t local_rows_;
  bool in_column_ = false;
  bool padding_ = false;      // of the column, has begun
  bool filler_last_ = false;  // the entry before was a filler
  std::int64_t column_ = 0;
  std::int64_t entry_ = 0;  // the next
  std::int64_t end_ = 0;
  std::int64_t row_ = -1;           // of the code before
  std::int64_t buffered_row_ = -1;  // of the entry memory
  CscReads reads_;
};

}  // namespace lacuna

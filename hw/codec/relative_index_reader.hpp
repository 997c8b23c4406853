// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "hw/codec/relative_index.hpp"

namespace lacuna {

/// What one cycle of a RelativeIndexReader brought.
struct RelativeIndexCycle {
  std::optional<std::int64_t> fetched_row;  ///< the row of the memory that was read; none: it was in the buffer
  std::optional<std::int64_t> position;     ///< of the code in the flattened tensor; none: a filler
  std::uint8_t code = 0;
};

/// What a RelativeIndexReader has read. An entry takes a cycle.
struct RelativeIndexReads {
  std::int64_t rows = 0;
  std::int64_t entries = 0;
  std::int64_t fillers = 0;
};

/// Reads the entries of a RelativeIndex from first to last, one a cycle, from a memory whose rows hold whole entries,
/// code and run: floor(row bits / (code bits + run bits)) of them. A row is read when an entry is not in the row read
/// last. The index must outlive the reader.
class RelativeIndexReader {
 public:
  /// Throws Error (bad_input) on codes that are not of 1 to 8 bits and rows that hold no entry.
  RelativeIndexReader(const RelativeIndex& index, std::int64_t count, std::int64_t code_bits,
                      std::int64_t row_bits = 64);

  bool at_end() const { return reads_.entries == index_.entries(); }
  /// The next cycle. Throws Error (run_failed) on an entry that no encoder gives, as for_each_code().
  RelativeIndexCycle step();
  const RelativeIndexReads& reads() const { return reads_; }
  std::int64_t entries_per_row() const { return entries_per_row_; }

 private:
  const RelativeIndex& index_;
  std::int64_t count_;
  std::int64_t entries_per_row_ = 0;
  std::int64_t position_ = -1;  // of the entry before
  std::int64_t buffered_row_ = -1;
  RelativeIndexReads reads_;
};

}  // namespace lacuna

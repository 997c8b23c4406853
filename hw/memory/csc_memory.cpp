// SPDX-License-Identifier: Apache-2.0
#include "hw/memory/csc_memory.hpp"

#include <algorithm>
#include <string>

#include "hw/base/error.hpp"

namespace lacuna {

namespace {

std::int64_t ceil_of(std::int64_t a, std::int64_t b) { return (a + b - 1) / b; }

std::uint64_t low_bits(std::int64_t bits) { return bits == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << bits) - 1; }

/// Fields of up to 64 bits side by side in words of `word_bits`, the first in the lowest bits.
class LinkWriter {
 public:
  explicit LinkWriter(std::int64_t word_bits) : word_bits_(word_bits) {}
  void put(std::uint64_t field, std::int64_t bits) {
    while (bits > 0) {
      if (used_ == 0) words_.push_back(0);
      const std::int64_t part = std::min(bits, word_bits_ - used_);
      words_.back() |= (field & low_bits(part)) << used_;
      field = part == 64 ? 0 : field >> part;
      bits -= part;
      used_ = (used_ + part) % word_bits_;
    }
  }
  std::vector<std::uint64_t> take() { return std::move(words_); }

 private:
  std::int64_t word_bits_;
  std::int64_t used_ = 0;  ///< bits of the last word
  std::vector<std::uint64_t> words_;
};

/// Reads what a LinkWriter wrote.
class LinkReader {
 public:
  LinkReader(Span<const std::uint64_t> words, std::int64_t word_bits) : words_(words), word_bits_(word_bits) {}
  std::uint64_t take(std::int64_t bits) {
    std::uint64_t field = 0;
    for (std::int64_t taken = 0; taken < bits;) {
      if (word_ == words_.size()) fail_run("corrupted csc: the stream ends within the memory of a PE");
      const std::int64_t part = std::min(bits - taken, word_bits_ - used_);
      field |= (words_[word_] >> used_ & low_bits(part)) << taken;
      taken += part;
      used_ += part;
      if (used_ < word_bits_) continue;
      used_ = 0;
      ++word_;
    }
    return field;
  }
  /// Whether no whole word is left.
  bool at_end() const { return word_ + (used_ > 0 ? 1 : 0) == words_.size(); }

 private:
  Span<const std::uint64_t> words_;
  std::int64_t word_bits_;
  std::size_t word_ = 0;
  std::int64_t used_ = 0;
};

void check_entries(const CscFormat& format, Span<const std::int64_t> entries) {
  const CscLimits limits = csc_limits(format, entries);
  if (limits.fits()) return;
  fail_input("a PE would hold " + std::to_string(limits.entries) + " entries of a filter tile, but spmat_bytes gives " +
             std::to_string(limits.spmat_entries) + " and pointer_bits gives " +
             std::to_string(limits.pointer_entries) + ": " + limits.binding() + " binds");
}

}  // namespace

std::vector<std::uint64_t> csc_stream(const CscFormat& format, Span<const StoredWord> matrix, std::int64_t columns,
                                      std::int64_t word_bits) {
  const std::vector<CscSlice> slices = encode_csc(format, matrix, columns);
  std::vector<std::int64_t> entries;
  entries.reserve(slices.size());
  for (const CscSlice& slice : slices) entries.push_back(slice.entries());
  check_entries(format, entries);
  LinkWriter writer(word_bits);
  for (const CscSlice& slice : slices) {
    for (const std::int64_t pointer : slice.pointers) {
      writer.put(static_cast<std::uint64_t>(pointer), format.pointer_bits);
    }
    for (const std::uint64_t row : store_csc(format, slice).rows) writer.put(row, format.row_bits);
  }
  return writer.take();
}

std::int64_t csc_stream_words(const CscFormat& format, Span<const std::int64_t> entries, std::int64_t columns,
                              std::int64_t word_bits) {
  check_entries(format, entries);
  std::int64_t bits = 0;
  for (const std::int64_t of_pe : entries) bits += csc_aligned_bits(format, of_pe, columns);
  return ceil_of(bits, word_bits);
}

std::vector<StoredWord> csc_matrix(const CscFormat& format, Span<const std::uint64_t> words, std::int64_t word_bits,
                                   std::int64_t rows, std::int64_t columns) {
  CscMemories memories(format);
  memories.load(words, word_bits, rows, columns);
  return memories.matrix(rows, columns);
}

CscMemories::CscMemories(const CscFormat& format) : format_(format) { format.check(); }

void CscMemories::load(Span<const std::uint64_t> words, std::int64_t word_bits, std::int64_t rows,
                       std::int64_t columns) {
  read_before_ = reads();
  readers_.clear();
  memories_.assign(static_cast<std::size_t>(format_.pes), {});
  LinkReader stream(words, word_bits);
  for (CscMemory& memory : memories_) {
    for (std::int64_t column = 0; column <= columns; ++column) {
      memory.pointers[static_cast<std::size_t>(column % 2)].push_back(
          static_cast<std::uint32_t>(stream.take(format_.pointer_bits)));
    }
    const std::int64_t entries = memory.pointers[static_cast<std::size_t>(columns % 2)].back();
    const std::int64_t entry_rows = ceil_of(entries * format_.entries_per_pointer, format_.entries_per_row());
    for (std::int64_t row = 0; row < entry_rows; ++row) memory.rows.push_back(stream.take(format_.row_bits));
    writes_.pointers += columns + 1;
    writes_.rows += entry_rows;
  }
  if (!stream.at_end()) fail_run("corrupted csc: the stream goes on behind the memory of the last PE");
  for (std::int64_t pe = 0; pe < format_.pes; ++pe) {
    readers_.emplace_back(format_, memories_[static_cast<std::size_t>(pe)], format_.local_rows(rows, pe));
  }
}

CscReadSums CscMemories::reads() const {
  CscReadSums sums = read_before_;
  for (const CscReader& reader : readers_) {
    sums.pointers += reader.reads().pointers[0] + reader.reads().pointers[1];
    sums.rows += reader.reads().rows;
  }
  return sums;
}

}  // namespace lacuna

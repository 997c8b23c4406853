// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/base/span.hpp"

namespace lacuna {

/// A flattened tensor of codes by its non-zero ones alone (S. Han, H. Mao, W. Dally, "Deep Compression", ICLR 2016,
/// section 2): each entry is a code and the zeros since the entry before it. Where more than 2^run_bits - 1 zeros stand
/// between, an entry of code 0 stands for 2^run_bits of them (a filler). Zeros behind the last code are not stored.
struct RelativeIndex {
  std::int64_t run_bits = 4;        ///< width of a run, 1 to 8
  std::vector<std::uint8_t> runs;   ///< zeros before each entry
  std::vector<std::uint8_t> codes;  ///< 0 for a filler

  std::int64_t entries() const { return static_cast<std::int64_t>(codes.size()); }
  /// Of its entries those that stand for zeros alone.
  std::int64_t fillers() const;
  /// Bits of the entries in fields of fixed width: entries x (code bits + run bits).
  std::int64_t bits(std::int64_t code_bits) const { return entries() * (code_bits + run_bits); }
};

/// The entries of codes; 0 is a zero.
RelativeIndex encode_relative_index(Span<const std::uint8_t> codes, std::int64_t run_bits);

/// Calls sink(position, code) for each code that is not 0, in order of their positions, and refuses what no encoder
/// gives. Throws Error (run_failed) where a position is not below `count`, a filler does not have the longest run or
/// stands at the end.
template <class Sink>
void for_each_code(const RelativeIndex& index, std::int64_t count, const Sink& sink);

[[noreturn]] void fail_relative_index(std::int64_t entry, std::int64_t position, std::int64_t count);

/// Throws Error (run_failed) where no encoder gives an entry of `count` codes at this position.
inline void check_relative_index_entry(const RelativeIndex& index, std::int64_t entry, std::int64_t position,
                                       std::int64_t count) {
  const auto at = static_cast<std::size_t>(entry);
  const std::int64_t longest = (std::int64_t{1} << index.run_bits) - 1;
  const bool unsound = index.codes[at] == 0 && (index.runs[at] != longest || entry + 1 == index.entries());
  if (position >= count || unsound) fail_relative_index(entry, position, count);
}

template <class Sink>
void for_each_code(const RelativeIndex& index, std::int64_t count, const Sink& sink) {
  const std::int64_t entries = index.entries();
  std::int64_t position = -1;
  for (std::int64_t entry = 0; entry < entries; ++entry) {
    const auto at = static_cast<std::size_t>(entry);
    position += index.runs[at] + 1;
    check_relative_index_entry(index, entry, position, count);
    if (index.codes[at] != 0) sink(position, index.codes[at]);
  }
}

}  // namespace lacuna

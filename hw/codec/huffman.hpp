// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/base/span.hpp"
#include "hw/codec/bit_stream.hpp"

namespace lacuna {

/// A Huffman code of symbols 0, 1, ...: the two least frequent are merged until one is left (of equal ones those made
/// first, leaves before merged ones), codes are canonical: shorter ones first, of equal length those of smaller symbols
/// (D. Huffman, Proc. IRE 40(9), 1952). A code of one symbol takes one bit; a symbol that never occurs has no code.
class HuffmanCode {
 public:
  /// As short as these frequencies allow. At least one of them must not be 0.
  static HuffmanCode of(Span<const std::int64_t> frequencies);
  /// The code with these lengths (0: no code). Throws Error (run_failed) where no Huffman code has them.
  explicit HuffmanCode(std::vector<std::uint8_t> lengths);

  /// Bits of the code of each symbol.
  const std::vector<std::uint8_t>& lengths() const { return lengths_; }
  /// The code of a symbol, its first bit in the highest place.
  std::uint64_t code(std::size_t symbol) const { return codes_[symbol]; }
  /// Bits of a text with these frequencies, without the table: the sum of frequency x length. Throws Error (run_failed)
  /// where a symbol that occurs has no code.
  std::int64_t total_bits(Span<const std::int64_t> frequencies) const;
  /// Bits of a table of the lengths of all symbols, those without a code too, in fields of one width.
  std::int64_t table_bits(std::int64_t length_bits = 5) const {
    return static_cast<std::int64_t>(lengths_.size()) * length_bits;
  }
  /// Appends the code of a symbol, first bit first. Throws Error (run_failed) where it has none.
  void write(std::size_t symbol, BitWriter& writer) const;

 private:
  std::vector<std::uint8_t> lengths_;
  std::vector<std::uint64_t> codes_;
};

/// Reads the symbols of one code, of up to 65,536 symbols.
class HuffmanReader {
 public:
  explicit HuffmanReader(const HuffmanCode& code);

  /// The next symbol. Throws Error (run_failed) on bits that are no code.
  std::uint16_t read(BitReader& reader) const {
    const std::uint64_t bits = reader.peek();
    const Entry entry = table_[bits & (kTableSize - 1)];
    if (entry.length == 0) return read_long(bits, reader);
    reader.take(entry.length);
    return entry.symbol;
  }

  /// The next `count` symbols, as read() gives them.
  template <class Symbol>
  void read_all(BitReader& reader, Symbol* to, std::size_t count) const {
    for (Symbol* const end = to + count; to != end;) {
      std::uint64_t bits = reader.peek();
      std::int64_t taken = 0;
      for (std::size_t short_codes = kPeekBits / kTableBits; short_codes-- > 0 && to != end;) {
        const Entry entry = table_[bits & (kTableSize - 1)];
        if (entry.length == 0) break;
        *to++ = static_cast<Symbol>(entry.symbol);
        bits >>= entry.length;
        taken += entry.length;
      }
      reader.take(taken);
      if (taken == 0) *to++ = static_cast<Symbol>(read(reader));
    }
  }

 private:
  static constexpr std::size_t kPeekBits = 57;  // that a BitReader shows
  static constexpr std::size_t kTableBits = 11;
  static constexpr std::size_t kTableSize = std::size_t{1} << kTableBits;
  struct Entry {
    std::uint16_t symbol = 0;
    std::uint8_t length = 0;  // 0: a longer code, or none
  };
  /// Codes of one length.
  struct Level {
    std::uint64_t first = 0;       // the first code
    std::uint64_t count = 0;       // how many
    std::size_t first_symbol = 0;  // where its symbols begin
  };
  std::uint16_t read_long(std::uint64_t bits, BitReader& reader) const;

  std::vector<Entry> table_;
  std::vector<Level> levels_;           // by length
  std::vector<std::uint16_t> symbols_;  // in the order of their codes
};

}  // namespace lacuna

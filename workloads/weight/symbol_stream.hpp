// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/codec/huffman.hpp"

namespace lacuna {

/// Symbols of a few bits in the Huffman code that fits them best.
class SymbolStream {
 public:
  /// At least one symbol, each below 2^symbol_bits.
  SymbolStream(const std::vector<std::uint8_t>& symbols, std::int64_t symbol_bits);

  const std::vector<std::uint8_t>& lengths() const { return code_.lengths(); }
  const std::vector<std::uint64_t>& words() const { return writer_.words(); }
  std::int64_t bits() const { return writer_.bits(); }

 private:
  HuffmanCode code_;
  BitWriter writer_;
};

/// The symbols of such a stream. Throws Error (run_failed) where lengths or words are none that a SymbolStream has.
std::vector<std::uint8_t> read_symbols(std::vector<std::uint8_t> lengths, Span<const std::uint64_t> words,
                                       std::int64_t count);

}  // namespace lacuna

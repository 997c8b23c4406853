// SPDX-License-Identifier: Apache-2.0
#include "workloads/weight/symbol_stream.hpp"

#include "hw/base/error.hpp"

namespace lacuna {
namespace {

HuffmanCode code_of(const std::vector<std::uint8_t>& symbols, std::int64_t symbol_bits) {
  std::vector<std::int64_t> frequencies(std::size_t{1} << symbol_bits, 0);
  for (const std::uint8_t symbol : symbols) ++frequencies[symbol];
  return HuffmanCode::of(frequencies);
}

}  // namespace

SymbolStream::SymbolStream(const std::vector<std::uint8_t>& symbols, std::int64_t symbol_bits)
    : code_(code_of(symbols, symbol_bits)) {
  for (const std::uint8_t symbol : symbols) code_.write(symbol, writer_);
}

std::vector<std::uint8_t> read_symbols(std::vector<std::uint8_t> lengths, Span<const std::uint64_t> words,
                                       std::int64_t count) {
  const HuffmanReader symbols{HuffmanCode(std::move(lengths))};
  BitReader reader(words);
  std::vector<std::uint8_t> read(static_cast<std::size_t>(count));
  symbols.read_all(reader, read.data(), read.size());
  if (!reader.at_end()) fail_run("a stream that ends " + std::string(reader.past_end() ? "early" : "late"));
  return read;
}

}  // namespace lacuna

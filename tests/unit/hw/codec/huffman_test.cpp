// SPDX-License-Identifier: Apache-2.0
#include "hw/codec/huffman.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "hw/base/error.hpp"

namespace lacuna {
namespace {

using Lengths = std::vector<std::uint8_t>;

Lengths lengths_of(const std::vector<std::int64_t>& frequencies) { return HuffmanCode::of(frequencies).lengths(); }

std::int64_t total_bits(const std::vector<std::int64_t>& frequencies) {
  const Lengths lengths = lengths_of(frequencies);
  std::int64_t bits = 0;
  for (std::size_t symbol = 0; symbol < lengths.size(); ++symbol) bits += frequencies[symbol] * lengths[symbol];
  return bits;
}

std::vector<std::uint16_t> read_all(const HuffmanCode& code, const BitWriter& writer, std::size_t count) {
  const HuffmanReader symbols(code);
  BitReader reader(writer.words());
  std::vector<std::uint16_t> read;
  for (std::size_t i = 0; i < count; ++i) read.push_back(symbols.read(reader));
  EXPECT_TRUE(reader.at_end());
  std::vector<std::uint16_t> together(count);
  BitReader again(writer.words());
  symbols.read_all(again, together.data(), count);
  EXPECT_TRUE(again.at_end());
  EXPECT_EQ(together, read);
  return read;
}

TEST(Huffman, GivesRareSymbolsLongCodes) {
  // 5 + 9 = 14, 12 + 13 = 25, 14 + 16 = 30, 25 + 30 = 55, 45 + 55: 5 x 4 + 9 x 4 + (12 + 13 + 16) x 3 + 45 = 224.
  const std::vector<std::int64_t> frequencies = {5, 9, 12, 13, 16, 45};
  const HuffmanCode code = HuffmanCode::of(frequencies);
  EXPECT_EQ(code.lengths(), (Lengths{4, 4, 3, 3, 3, 1}));
  EXPECT_EQ(code.total_bits(frequencies), 224);
  EXPECT_EQ(code.table_bits(), 6 * 5);
  EXPECT_EQ(total_bits(frequencies), 224);
  const std::vector<std::uint64_t> codes = {0b1110, 0b1111, 0b100, 0b101, 0b110, 0b0};
  for (std::size_t symbol = 0; symbol < codes.size(); ++symbol) EXPECT_EQ(code.code(symbol), codes[symbol]);
}

TEST(Huffman, ReachesTheEntropyWhereFrequenciesArePowersOfTwo) {
  EXPECT_EQ(lengths_of({8, 4, 2, 1, 1}), (Lengths{1, 2, 3, 4, 4}));
  EXPECT_EQ(total_bits({8, 4, 2, 1, 1}), 30);
}

TEST(Huffman, TakesOneBitForASingleSymbol) {
  EXPECT_EQ(lengths_of({0, 0, 0, 10}), (Lengths{0, 0, 0, 1}));
  EXPECT_EQ(total_bits({0, 0, 0, 10}), 10);
}

TEST(Huffman, ReturnsTheSymbolsWritten) {
  std::mt19937_64 random(1);
  for (std::size_t symbols = 1; symbols <= 256; symbols += 5) {
    std::vector<std::uint16_t> text(1 + random() % 2000);
    std::vector<std::int64_t> frequencies(symbols, 0);
    for (std::uint16_t& symbol : text) {
      symbol = static_cast<std::uint16_t>(random() % symbols * (random() % symbols) / symbols);
      ++frequencies[symbol];
    }
    const HuffmanCode code = HuffmanCode::of(frequencies);
    BitWriter writer;
    for (const std::uint16_t symbol : text) code.write(symbol, writer);
    EXPECT_EQ(writer.bits(), total_bits(frequencies));
    EXPECT_EQ(read_all(HuffmanCode(code.lengths()), writer, text.size()), text);
  }
}

TEST(Huffman, StaysWithinABitOfTheEntropy) {
  std::mt19937_64 random(2);
  for (int trial = 0; trial < 50; ++trial) {
    std::vector<std::int64_t> frequencies(2 + random() % 255);
    double total = 0;
    for (std::int64_t& frequency : frequencies)
      total += static_cast<double>(frequency = 1 + static_cast<std::int64_t>(random() % 1000));
    double entropy = 0;
    for (const std::int64_t f : frequencies)
      entropy -= static_cast<double>(f) * std::log2(static_cast<double>(f) / total);
    EXPECT_GE(static_cast<double>(total_bits(frequencies)), entropy - 1e-6);
    EXPECT_LT(static_cast<double>(total_bits(frequencies)), entropy + total);
  }
}

TEST(Huffman, ReadsCodesLongerThanItsTable) {
  std::vector<std::int64_t> frequencies = {1, 1};  // those of Fibonacci: the longest codes there are, here 29 bits
  while (frequencies.size() < 30) frequencies.push_back(frequencies.end()[-1] + frequencies.end()[-2]);
  const HuffmanCode code = HuffmanCode::of(frequencies);
  EXPECT_EQ(code.lengths().front(), 29);
  BitWriter writer;
  std::vector<std::uint16_t> text;
  for (std::uint16_t symbol = 0; symbol < 30; ++symbol) text.push_back(symbol);
  for (const std::uint16_t symbol : text) code.write(symbol, writer);
  EXPECT_EQ(read_all(code, writer, text.size()), text);
}

TEST(Huffman, RefusesLengthsThatAreNoCode) {
  EXPECT_THROW(HuffmanCode(Lengths{}), Error);
  EXPECT_THROW(HuffmanCode(Lengths{0, 0}), Error);
  EXPECT_THROW(HuffmanCode(Lengths{1, 1, 1}), Error);  // one code too many
  EXPECT_THROW(HuffmanCode(Lengths{1, 2}), Error);     // 11 is no code
  EXPECT_THROW(HuffmanCode(Lengths{2}), Error);        // a single symbol takes one bit
  EXPECT_THROW(HuffmanCode(Lengths{60, 60}), Error);
  EXPECT_NO_THROW(HuffmanCode(Lengths{1, 2, 2}));
}

TEST(Huffman, RefusesSymbolsAndBitsWithoutACode) {
  const HuffmanCode code(Lengths{0, 1});
  BitWriter writer;
  EXPECT_THROW(code.write(0, writer), Error);
  EXPECT_THROW(code.write(2, writer), Error);
  EXPECT_THROW(code.total_bits(std::vector<std::int64_t>{1, 1}), Error);
  EXPECT_THROW(code.total_bits(std::vector<std::int64_t>{0, 1, 1}), Error);
  EXPECT_EQ(code.total_bits(std::vector<std::int64_t>{0, 7, 0}), 7);
  writer.put(1, 1);  // the only code is 0
  BitReader reader(writer.words());
  EXPECT_THROW(HuffmanReader(code).read(reader), Error);
  const std::vector<std::int64_t> none(4, 0);
  EXPECT_THROW(HuffmanCode::of(none), Error);
}

}  // namespace
}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include "hw/codec/huffman.hpp"

#include <algorithm>
#include <queue>
#include <string>
#include <utility>

#include "hw/base/error.hpp"

namespace lacuna {
namespace {

// Longer codes would need more than F(58) symbols, some 6e11.
constexpr std::size_t kLongest = 56;

std::uint64_t mirrored(std::uint64_t code, unsigned bits) {
  std::uint64_t result = 0;
  for (unsigned bit = 0; bit < bits; ++bit) result |= (code >> bit & 1) << (bits - 1 - bit);
  return result;
}

/// Symbols that have a code, in the order of their codes.
std::vector<std::uint16_t> in_code_order(const std::vector<std::uint8_t>& lengths) {
  std::vector<std::uint16_t> symbols;
  for (std::size_t symbol = 0; symbol < lengths.size(); ++symbol) {
    if (lengths[symbol] != 0) symbols.push_back(static_cast<std::uint16_t>(symbol));
  }
  std::stable_sort(symbols.begin(), symbols.end(),
                   [&lengths](std::size_t a, std::size_t b) { return lengths[a] < lengths[b]; });
  return symbols;
}

[[noreturn]] void fail_no_code(std::size_t symbol) {
  fail_run("huffman: found symbol " + std::to_string(symbol) + ", which has no code");
}

}  // namespace

HuffmanCode HuffmanCode::of(Span<const std::int64_t> frequencies) {
  struct Node {
    std::size_t parent = 0;
  };
  using Candidate = std::pair<std::int64_t, std::size_t>;  // frequency, and the order of creation among equal ones
  std::priority_queue<Candidate, std::vector<Candidate>, std::greater<>> open;
  std::vector<Node> nodes(frequencies.size());
  for (std::size_t symbol = 0; symbol < frequencies.size(); ++symbol) {
    if (frequencies[symbol] > 0) open.emplace(frequencies[symbol], symbol);
  }
  if (open.empty()) fail_run("huffman: found no symbols; a code needs at least one");
  std::vector<std::uint8_t> lengths(frequencies.size(), 0);
  if (open.size() == 1) {
    lengths[open.top().second] = 1;
    return HuffmanCode(std::move(lengths));
  }
  while (open.size() > 1) {
    const Candidate first = open.top();
    open.pop();
    const Candidate second = open.top();
    open.pop();
    nodes[first.second].parent = nodes[second.second].parent = nodes.size();
    open.emplace(first.first + second.first, nodes.size());
    nodes.emplace_back();
  }
  std::vector<std::uint8_t> depths(nodes.size(), 0);  // the root is the last node, parents stand behind their children
  for (std::size_t node = nodes.size() - 1; node-- > 0;) {
    if (nodes[node].parent != 0) depths[node] = static_cast<std::uint8_t>(depths[nodes[node].parent] + 1);
  }
  std::copy_n(depths.begin(), lengths.size(), lengths.begin());
  return HuffmanCode(std::move(lengths));
}

HuffmanCode::HuffmanCode(std::vector<std::uint8_t> lengths) : lengths_(std::move(lengths)), codes_(lengths_.size(), 0) {
  if (lengths_.size() > std::size_t{1} << 16) fail_run("huffman: found more than 65,536 symbols");
  const std::vector<std::uint16_t> symbols = in_code_order(lengths_);
  if (symbols.empty()) fail_run("huffman: found no symbols; a code needs at least one");
  std::uint64_t next = 0;
  std::size_t length = lengths_[symbols.front()];
  for (const std::uint16_t symbol : symbols) {
    if (lengths_[symbol] > kLongest)
      fail_run("huffman: found a code of more than " + std::to_string(kLongest) + " bits");
    next <<= lengths_[symbol] - length;
    length = lengths_[symbol];
    if (next >> length != 0) fail_run("huffman: found more codes than their lengths have room for");
    codes_[symbol] = next++;
  }
  const bool full = next == std::uint64_t{1} << length;
  if (!full && !(symbols.size() == 1 && length == 1)) fail_run("huffman: found lengths that leave codes unused");
}

std::int64_t HuffmanCode::total_bits(Span<const std::int64_t> frequencies) const {
  std::int64_t bits = 0;
  for (std::size_t symbol = 0; symbol < frequencies.size(); ++symbol) {
    if (frequencies[symbol] == 0) continue;
    if (symbol >= lengths_.size() || lengths_[symbol] == 0) fail_no_code(symbol);
    bits += frequencies[symbol] * lengths_[symbol];
  }
  return bits;
}

void HuffmanCode::write(std::size_t symbol, BitWriter& writer) const {
  if (symbol >= lengths_.size() || lengths_[symbol] == 0) fail_no_code(symbol);
  writer.put(mirrored(codes_[symbol], lengths_[symbol]), lengths_[symbol]);
}

HuffmanReader::HuffmanReader(const HuffmanCode& code)
    : table_(kTableSize), levels_(kLongest + 1), symbols_(in_code_order(code.lengths())) {
  for (std::size_t place = 0; place < symbols_.size(); ++place) {
    const std::uint16_t symbol = symbols_[place];
    const std::uint8_t length = code.lengths()[symbol];
    Level& level = levels_[length];
    if (level.count++ == 0) level = {code.code(symbol), 1, place};
    if (length > kTableBits) continue;
    for (std::uint64_t entry = mirrored(code.code(symbol), length); entry < kTableSize;
         entry += std::uint64_t{1} << length) {
      table_[entry] = {symbol, length};
    }
  }
}

std::uint16_t HuffmanReader::read_long(std::uint64_t bits, BitReader& reader) const {
  std::uint64_t code = 0;
  for (std::size_t length = 1; length <= kLongest; ++length) {
    code = code << 1 | (bits >> (length - 1) & 1);
    const Level& level = levels_[length];
    if (code - level.first < level.count) {
      reader.take(static_cast<std::int64_t>(length));
      return symbols_[level.first_symbol + (code - level.first)];
    }
  }
  fail_run("corrupted huffman stream: bits that are no code");
}

}  // namespace lacuna

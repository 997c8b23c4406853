// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/base/arithmetic.hpp"
#include "hw/base/span.hpp"

namespace lacuna {

/// Where words are not zero: bit i % 64 of element i / 64 stands for word i; bits behind the last word are 0.
/// Vectorised (Google Highway), the same on every host.
std::vector<std::uint64_t> non_zero_mask(Span<const StoredWord> words);

/// Bits [from, from + count) of a mask, the first of them lowest; 1 to 64 of them.
inline std::uint64_t bits_of(const std::vector<std::uint64_t>& mask, std::size_t from, std::size_t count) {
  const std::size_t offset = from % 64;
  std::uint64_t bits = mask[from / 64] >> offset;
  if (offset + count > 64) bits |= mask[from / 64 + 1] << (64 - offset);
  return bits & ~std::uint64_t{0} >> (64 - count);
}

/// Calls visit(i) for each bit i that is set, in order.
template <class Visit>
void for_each_bit(std::uint64_t bits, const Visit& visit) {
  for (; bits != 0; bits &= bits - 1) visit(static_cast<std::size_t>(__builtin_ctzll(bits)));
}

/// Calls visit(i) for each bit i of [from, to) that is set, in order.
template <class Visit>
void for_each_bit(const std::vector<std::uint64_t>& mask, std::size_t from, std::size_t to, const Visit& visit) {
  for (std::size_t part = from / 64; part * 64 < to; ++part) {
    std::uint64_t left = mask[part];
    if (part * 64 < from) left &= ~std::uint64_t{0} << (from - part * 64);
    if ((part + 1) * 64 > to) left &= ~std::uint64_t{0} >> ((part + 1) * 64 - to);
    for_each_bit(left, [&](std::size_t bit) { visit(part * 64 + bit); });
  }
}

/// Calls visit(i) for each word i that is not zero, in order.
template <class Visit>
void for_each_non_zero(Span<const StoredWord> words, const Visit& visit) {
  for_each_bit(non_zero_mask(words), 0, words.size(), visit);
}

/// How many words are zero.
std::int64_t count_zeros(Span<const StoredWord> words);

}  // namespace lacuna

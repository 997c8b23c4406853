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

/// Calls visit(i) for each word i that is not zero, in order.
template <class Visit>
void for_each_non_zero(Span<const StoredWord> words, const Visit& visit) {
  const std::vector<std::uint64_t> mask = non_zero_mask(words);
  for (std::size_t part = 0; part < mask.size(); ++part) {
    for (std::uint64_t left = mask[part]; left != 0; left &= left - 1) {
      visit(part * 64 + static_cast<std::size_t>(__builtin_ctzll(left)));
    }
  }
}

/// How many words are zero.
std::int64_t count_zeros(Span<const StoredWord> words);

}  // namespace lacuna

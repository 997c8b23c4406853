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

/// How many words are zero.
std::int64_t count_zeros(Span<const StoredWord> words);

}  // namespace lacuna

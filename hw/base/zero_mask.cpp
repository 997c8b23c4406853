// SPDX-License-Identifier: Apache-2.0
#include "hw/base/zero_mask.hpp"

#include <algorithm>
#include <array>

// This file is compiled once per set of vector instructions; the best one that the host has is chosen at run time.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "hw/base/zero_mask.cpp"  // NOLINT(bugprone-suspicious-include)
#include <hwy/foreach_target.h>                     // IWYU pragma: keep
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace lacuna::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

constexpr std::size_t kBits = 64;

/// The mask of 64 words.
HWY_INLINE std::uint64_t mask_of(const StoredWord* words) {
  const hn::CappedTag<StoredWord, kBits> d;
  std::uint64_t mask = 0;
  for (std::size_t i = 0; i < kBits; i += hn::Lanes(d)) {
    std::uint8_t bytes[8] = {};
    hn::StoreMaskBits(d, hn::Ne(hn::LoadU(d, words + i), hn::Zero(d)), bytes);
    std::uint64_t bits = 0;
    for (std::size_t byte = 0; byte < sizeof bytes; ++byte) bits |= std::uint64_t{bytes[byte]} << (8 * byte);
    mask |= bits << i;
  }
  return mask;
}

void NonZeroMask(const StoredWord* words, std::size_t count, std::uint64_t* mask) {
  const std::size_t whole = count / kBits;
  for (std::size_t i = 0; i < whole; ++i) mask[i] = mask_of(words + i * kBits);
  if (count % kBits == 0) return;
  std::array<StoredWord, kBits> last{};
  std::copy_n(words + whole * kBits, count % kBits, last.begin());
  mask[whole] = mask_of(last.data());
}

std::int64_t CountZeros(const StoredWord* words, std::size_t count) {
  const hn::ScalableTag<StoredWord> d;
  const std::size_t lanes = hn::Lanes(d);
  std::int64_t zeros = 0;
  std::size_t i = 0;
  for (; i + lanes <= count; i += lanes) {
    zeros += static_cast<std::int64_t>(hn::CountTrue(d, hn::Eq(hn::LoadU(d, words + i), hn::Zero(d))));
  }
  return zeros + std::count(words + i, words + count, StoredWord{0});
}

}  // namespace lacuna::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

namespace lacuna {

HWY_EXPORT(NonZeroMask);
HWY_EXPORT(CountZeros);

std::vector<std::uint64_t> non_zero_mask(Span<const StoredWord> words) {
  std::vector<std::uint64_t> mask((words.size() + 63) / 64);
  HWY_DYNAMIC_DISPATCH(NonZeroMask)(words.data(), words.size(), mask.data());
  return mask;
}

std::int64_t count_zeros(Span<const StoredWord> words) {
  return HWY_DYNAMIC_DISPATCH(CountZeros)(words.data(), words.size());
}

}  // namespace lacuna

#endif  // HWY_ONCE

// SPDX-License-Identifier: Apache-2.0
// Counts of ones in bytes are an instruction of their own there, which Highway leaves out unless it is asked for it.
#define HWY_WANT_AVX3_DL

#include "hw/mac/sign_sums.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

// This file is compiled once per set of vector instructions; the best one that the host has is chosen at run time.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "hw/mac/sign_sums.cpp"  // NOLINT(bugprone-suspicious-include)
#include <hwy/foreach_target.h>                    // IWYU pragma: keep
#include <hwy/highway.h>

#include "hw/mac/sign_sums-inl.hpp"

#if HWY_ONCE

namespace lacuna {

HWY_EXPORT(SumSigns);
HWY_EXPORT(PackSigns);

bool sum_signs(std::int64_t accumulator_bits, const PsumBlock& block) {
  return HWY_DYNAMIC_DISPATCH(SumSigns)(accumulator_bits, block);
}

std::vector<StoredWord> signs_of(Span<const StoredWord> codes, std::int64_t filters) {
  return HWY_DYNAMIC_DISPATCH(PackSigns)(codes, filters);
}

}  // namespace lacuna

#endif  // HWY_ONCE

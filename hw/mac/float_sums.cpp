// SPDX-License-Identifier: Apache-2.0
#include "hw/mac/float_sums.hpp"

// This file is compiled once per set of vector instructions; the best one that the host has is chosen at run time.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "hw/mac/float_sums.cpp"  // NOLINT(bugprone-suspicious-include)
#include <hwy/foreach_target.h>                     // IWYU pragma: keep
#include <hwy/highway.h>

#include "hw/mac/float_sums-inl.hpp"

#if HWY_ONCE

namespace lacuna {

HWY_EXPORT(Float16Values);
HWY_EXPORT(SumFloatProductsInOrder);
HWY_EXPORT(SumTapMajorFloatProductsInOrder);

void float16_values(Span<const StoredWord> words, float* values) { HWY_DYNAMIC_DISPATCH(Float16Values)(words, values); }

void sum_float_products_in_order(PsumForm form, const PsumBlock& block, const FloatOperands& operands,
                                 const AccumulationOrder& order) {
  HWY_DYNAMIC_DISPATCH(SumFloatProductsInOrder)(form, block, operands, order);
}

void sum_float_products_in_order(PsumForm form, const TapMajorBlock& block, const FloatWeights& weights,
                                 const AccumulationOrder& order) {
  HWY_DYNAMIC_DISPATCH(SumTapMajorFloatProductsInOrder)(form, block, weights, order);
}

}  // namespace lacuna

#endif  // HWY_ONCE

// SPDX-License-Identifier: Apache-2.0
#include "hw/mac/float_sums.hpp"

// This file is compiled once per set of vector instructions; the best one that the host has is chosen at run time.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "hw/mac/float_sums.cpp"  // NOLINT(bugprone-suspicious-include)
#include <hwy/foreach_target.h>                     // IWYU pragma: keep
#include <hwy/highway.h>

#include "hw/mac/float_sums-inl.hpp"
#include "hw/mac/float_tap_sums-inl.hpp"

#if HWY_ONCE

#include <algorithm>
#include <cmath>
#include <utility>

namespace lacuna {

HWY_EXPORT(SumFloatProductsInOrder);
HWY_EXPORT(SumTapMajorFloatProductsInOrder);

FloatWeights coded_float_weights(std::vector<float> numbers) {
  float largest = 0.0F;
  for (const float number : numbers) largest = std::max(largest, std::fabs(number));
  const auto is_alike = [&](float number) { return number == 0.0F || std::fabs(number) == largest; };
  if (!std::all_of(numbers.begin(), numbers.end(), is_alike)) return {std::move(numbers)};
  for (float& number : numbers) number = number == 0.0F ? 0.0F : std::copysign(1.0F, number);
  return {std::move(numbers), true, largest};
}

void sum_float_products_in_order(PsumForm form, const PsumBlock& block, const FloatWeights& weights,
                                 const AccumulationOrder& order) {
  HWY_DYNAMIC_DISPATCH(SumFloatProductsInOrder)(form, block, weights, order);
}

void sum_float_products_in_order(PsumForm form, const TapMajorBlock& block, const FloatWeights& weights,
                                 const AccumulationOrder& order) {
  HWY_DYNAMIC_DISPATCH(SumTapMajorFloatProductsInOrder)(form, block, weights, order);
}

}  // namespace lacuna

#endif  // HWY_ONCE

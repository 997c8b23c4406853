// SPDX-License-Identifier: Apache-2.0
#include "hw/mac/product_sums.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

// This file is compiled once per set of vector instructions; the best one that the host has is chosen at run time.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "hw/mac/product_sums.cpp"  // NOLINT(bugprone-suspicious-include)
#include <hwy/foreach_target.h>                       // IWYU pragma: keep
#include <hwy/highway.h>

#include "hw/mac/product_sums-inl.hpp"

#if HWY_ONCE

namespace lacuna {

HWY_EXPORT(SumProducts);
HWY_EXPORT(SumTapMajorProducts);
HWY_EXPORT(SumProductsInOrder);

void sum_products(const Arithmetic& arithmetic, const PsumBlock& block) {
  HWY_DYNAMIC_DISPATCH(SumProducts)(arithmetic, block);
}

void sum_products(const Arithmetic& arithmetic, const TapMajorBlock& block) {
  HWY_DYNAMIC_DISPATCH(SumTapMajorProducts)(arithmetic, block);
}

void sum_products_in_order(const Arithmetic& arithmetic, const PsumBlock& block, const AccumulationOrder& order) {
  HWY_DYNAMIC_DISPATCH(SumProductsInOrder)(arithmetic, block, order);
}

}  // namespace lacuna

#endif  // HWY_ONCE

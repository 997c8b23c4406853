// SPDX-License-Identifier: Apache-2.0
// Arithmetic on the fields of columns. No include guard but Highway's own, which lets it in once per target.
#if defined(LACUNA_CSC_BROADCAST_EVENT_LANES_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LACUNA_CSC_BROADCAST_EVENT_LANES_INL_HPP
#undef LACUNA_CSC_BROADCAST_EVENT_LANES_INL_HPP
#else
#define LACUNA_CSC_BROADCAST_EVENT_LANES_INL_HPP
#endif

#include <hwy/highway.h>

#include <cstdint>

#include "hw/array/csc_broadcast/event/columns.hpp"

HWY_BEFORE_NAMESPACE();
namespace lacuna::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// Vectors that whole numbers of cover the lanes of a tile: as wide as there are where the lanes are many.
constexpr std::size_t kManyLanes = 64;
template <class T>
using ManyLanes = hn::CappedTag<T, kManyLanes>;
template <class T>
using FewLanes = hn::CappedTag<T, static_cast<std::size_t>(CscColumns::kLanes)>;

/// A field of columns, as lanes of D.
template <class D, class Small>
HWY_INLINE hn::VFromD<D> load(D d, const Small* from) {
  if constexpr (sizeof(Small) == sizeof(hn::TFromD<D>)) {
    return hn::LoadU(d, from);
  } else {
    return hn::PromoteTo(d, hn::LoadU(hn::Rebind<Small, D>(), from));
  }
}

/// Sums of lanes that stay at the largest number where they would exceed it; wide ones never come near it.
template <class D, class V = hn::VFromD<D>>
HWY_INLINE V plus(D /*d*/, V a, V b) {
  if constexpr (sizeof(hn::TFromD<D>) < 4) {
    return hn::SaturatedAdd(a, b);
  } else {
    return hn::Add(a, b);
  }
}

/// Differences, 0 where they would be less.
template <class D, class V = hn::VFromD<D>>
HWY_INLINE V minus(D d, V a, V b) {
  if constexpr (sizeof(hn::TFromD<D>) < 4) {
    (void)d;
    return hn::SaturatedSub(a, b);
  } else {
    return hn::Max(hn::Sub(a, b), hn::Zero(d));
  }
}

/// Lanes of a that are not less than those of b. Highway compares integers so on some targets only.
template <class V>
HWY_INLINE auto at_least(V a, V b) {
  return hn::Eq(hn::Max(a, b), a);
}

}  // namespace lacuna::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif

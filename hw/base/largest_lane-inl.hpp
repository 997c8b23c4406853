// SPDX-License-Identifier: Apache-2.0
// For files that are compiled once per set of vector instructions: no include guard but Highway's own.
#if defined(LACUNA_HW_BASE_LARGEST_LANE_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LACUNA_HW_BASE_LARGEST_LANE_INL_HPP
#undef LACUNA_HW_BASE_LARGEST_LANE_INL_HPP
#else
#define LACUNA_HW_BASE_LARGEST_LANE_INL_HPP
#endif

#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace lacuna::HWY_NAMESPACE {

/// The largest lane of a vector. Highway has it for bytes on some targets only.
template <class D, class V = hwy::HWY_NAMESPACE::VFromD<D>>
HWY_INLINE hwy::HWY_NAMESPACE::TFromD<D> largest_lane(D d, V v) {
  namespace hn = hwy::HWY_NAMESPACE;
#if HWY_TARGET == HWY_SCALAR
  (void)d;
  return hn::GetLane(v);
#else
  if constexpr (sizeof(hn::TFromD<D>) > 1) {
    return hn::GetLane(hn::MaxOfLanes(d, v));
  } else if constexpr (hn::MaxLanes(D()) > 16) {
    const hn::Half<D> half;
    return largest_lane(half, hn::Max(hn::LowerHalf(half, v), hn::UpperHalf(half, v)));
  } else {
    v = hn::Max(v, hn::ShiftRightBytes<8>(d, v));
    v = hn::Max(v, hn::ShiftRightBytes<4>(d, v));
    v = hn::Max(v, hn::ShiftRightBytes<2>(d, v));
    v = hn::Max(v, hn::ShiftRightBytes<1>(d, v));
    return hn::GetLane(v);
  }
#endif
}

}  // namespace lacuna::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif

// SPDX-License-Identifier: Apache-2.0
#include "workloads/reference/float_sums.hpp"

// This file is compiled once per set of vector instructions; the best one that the host has is chosen at run time.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "workloads/reference/float_sums.cpp"  // NOLINT(bugprone-suspicious-include)
#include <hwy/foreach_target.h>                                  // IWYU pragma: keep
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace lacuna::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

constexpr std::size_t kLanes = 16;
using Lanes = hn::CappedTag<float, kLanes>;

/// `kAtOnce` positions from `first` on: as many sums as registers hold.
template <std::size_t kAtOnce>
HWY_INLINE void sum_some(const FilterTap* taps, std::size_t count, const float* tile, std::size_t first, float* sums) {
  const Lanes d;
  constexpr std::size_t kVectors = kAtOnce / hn::MaxLanes(d);
  using V = hn::VFromD<Lanes>;
  V sum[kVectors];
  for (V& one : sum) one = hn::Zero(d);
  for (std::size_t k = 0; k < count; ++k) {
    const V weight = hn::Set(d, taps[k].weight);
    const float* const row = tile + taps[k].tap * kTilePositions + first;
    for (std::size_t v = 0; v < kVectors; ++v) {
      sum[v] = hn::Add(sum[v], hn::Mul(weight, hn::LoadU(d, row + v * hn::MaxLanes(d))));
    }
  }
  for (std::size_t v = 0; v < kVectors; ++v) hn::StoreU(sum[v], d, sums + first + v * hn::MaxLanes(d));
}

void SumTaps(const FilterTap* taps, std::size_t count, const float* tile, float* sums) {
  constexpr std::size_t kAtOnce = hn::MaxLanes(Lanes()) * 4;
  for (std::size_t first = 0; first < kTilePositions; first += kAtOnce) {
    sum_some<kAtOnce>(taps, count, tile, first, sums);
  }
}

float Dot(const float* a, const float* b, std::size_t count) {
  const Lanes d;
  constexpr std::size_t kWidth = hn::MaxLanes(d);
  constexpr std::size_t kVectors = kLanes / kWidth;
  using V = hn::VFromD<Lanes>;
  V sum[kVectors];
  for (V& one : sum) one = hn::Zero(d);
  std::size_t k = 0;
  for (; k + kLanes <= count; k += kLanes) {
    for (std::size_t v = 0; v < kVectors; ++v) {
      const std::size_t at = k + v * kWidth;
      sum[v] = hn::Add(sum[v], hn::Mul(hn::LoadU(d, a + at), hn::LoadU(d, b + at)));
    }
  }
  float lanes[kLanes];
  for (std::size_t v = 0; v < kVectors; ++v) hn::StoreU(sum[v], d, lanes + v * kWidth);
  for (std::size_t i = 0; k < count; ++k, ++i) lanes[i] += a[k] * b[k];
  for (std::size_t half = kLanes / 2; half > 0; half /= 2) {
    for (std::size_t i = 0; i < half; ++i) lanes[i] += lanes[half + i];
  }
  return lanes[0];
}

}  // namespace lacuna::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

namespace lacuna {

HWY_EXPORT(SumTaps);
HWY_EXPORT(Dot);

void sum_taps(const FilterTap* taps, std::size_t count, const float* tile, float* sums) {
  HWY_DYNAMIC_DISPATCH(SumTaps)(taps, count, tile, sums);
}

float dot(const float* a, const float* b, std::size_t count) { return HWY_DYNAMIC_DISPATCH(Dot)(a, b, count); }

}  // namespace lacuna

#endif  // HWY_ONCE

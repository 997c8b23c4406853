// SPDX-License-Identifier: Apache-2.0
#include "hw/array/cartesian_product/event/lane_products.hpp"

#include "hw/base/layer_shape.hpp"

// This file is compiled once per set of vector instructions; the best one that the host has is chosen at run time.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "hw/array/cartesian_product/event/lane_products.cpp"  // NOLINT(bugprone-suspicious-include)
#include <hwy/foreach_target.h>                                                  // IWYU pragma: keep
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace lacuna::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

void SumProducts(const CartesianLaneCounts& counts, const std::vector<double>& weights, std::size_t lanes,
                 double* sums) {
  const hn::CappedTag<double, 8> d;
  const auto pitch = static_cast<std::size_t>(counts.pitch());
  for (std::size_t lane = 0; lane < lanes; lane += kLaneGroup, sums += kLaneGroup * pitch) {
    for (std::size_t pe = 0; pe < pitch; pe += hn::Lanes(d)) {
      const double* of_pes = counts.of(0) + pe;
      auto sum0 = hn::Zero(d);
      auto sum1 = hn::Zero(d);
      auto sum2 = hn::Zero(d);
      auto sum3 = hn::Zero(d);
      for (std::size_t at = lane; at < weights.size(); at += lanes, of_pes += pitch) {
        const auto count = hn::LoadU(d, of_pes);
        sum0 = hn::MulAdd(count, hn::Set(d, weights[at]), sum0);
        sum1 = hn::MulAdd(count, hn::Set(d, weights[at + 1]), sum1);
        sum2 = hn::MulAdd(count, hn::Set(d, weights[at + 2]), sum2);
        sum3 = hn::MulAdd(count, hn::Set(d, weights[at + 3]), sum3);
      }
      hn::StoreU(sum0, d, sums + pe);
      hn::StoreU(sum1, d, sums + pitch + pe);
      hn::StoreU(sum2, d, sums + 2 * pitch + pe);
      hn::StoreU(sum3, d, sums + 3 * pitch + pe);
    }
  }
}

}  // namespace lacuna::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

namespace lacuna {

HWY_EXPORT(SumProducts);

void CartesianLaneCounts::clear(std::int64_t planes, std::int64_t pes) {
  pes_ = pes;
  pitch_ = ceil_div(pes, kPitch) * kPitch;
  counts_.assign(static_cast<std::size_t>(planes * pitch_), 0);
}

std::vector<double> sum_products(const CartesianLaneCounts& counts, const std::vector<double>& weights,
                                 std::size_t lanes) {
  std::vector<double> sums(lanes * static_cast<std::size_t>(counts.pitch()));
  HWY_DYNAMIC_DISPATCH(SumProducts)(counts, weights, lanes, sums.data());
  return sums;
}

}  // namespace lacuna

#endif  // HWY_ONCE

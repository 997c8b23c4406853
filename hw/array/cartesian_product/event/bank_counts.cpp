// SPDX-License-Identifier: Apache-2.0
#include "hw/array/cartesian_product/event/bank_counts.hpp"

#include <algorithm>

// This file is compiled once per set of vector instructions; the best one that the host has is chosen at run time.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "hw/array/cartesian_product/event/bank_counts.cpp"  // NOLINT(bugprone-suspicious-include)
#include <hwy/foreach_target.h>                                                // IWYU pragma: keep
#include <hwy/highway.h>

#include "hw/base/largest_lane-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace lacuna::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

std::int64_t FullestBanks(const CartesianBankCounts* counts, const std::uint32_t* places, std::int64_t vectors,
                          std::int64_t lanes) {
  const hn::CappedTag<std::uint8_t, 16> d;
  std::int64_t all = 0;
  for (std::int64_t vector = 0; vector < vectors; ++vector, places += lanes) {
    auto most = hn::Set(d, 1);
    for (std::size_t bank = 0; bank < sizeof(CartesianBankCounts); bank += hn::Lanes(d)) {
      auto sum = hn::Zero(d);
      for (std::int64_t lane = 0; lane < lanes; ++lane) {
        sum = hn::Add(sum, hn::LoadU(d, reinterpret_cast<const std::uint8_t*>(&counts[places[lane]]) + bank));
      }
      most = hn::Max(most, sum);
    }
    all += largest_lane(d, most);
  }
  return all;
}

}  // namespace lacuna::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace lacuna {

HWY_EXPORT(FullestBanks);

std::int64_t fullest_banks(const CartesianBankCounts* counts, const std::uint32_t* places, std::int64_t vectors,
                           std::int64_t lanes) {
  return HWY_DYNAMIC_DISPATCH(FullestBanks)(counts, places, vectors, lanes);
}

}  // namespace lacuna
#endif

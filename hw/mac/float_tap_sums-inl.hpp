// SPDX-License-Identifier: Apache-2.0
// Per-target part of float_sums.cpp: no include guard but Highway's own, which lets it in once per target.
#if defined(LACUNA_HW_MAC_FLOAT_TAP_SUMS_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LACUNA_HW_MAC_FLOAT_TAP_SUMS_INL_HPP
#undef LACUNA_HW_MAC_FLOAT_TAP_SUMS_INL_HPP
#else
#define LACUNA_HW_MAC_FLOAT_TAP_SUMS_INL_HPP
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

#include "hw/mac/float_adders-inl.hpp"
#include "hw/mac/float_sums.hpp"
#include "hw/mac/live_taps.hpp"

HWY_BEFORE_NAMESPACE();
namespace lacuna::HWY_NAMESPACE {

/// A tap that counts, in its place in the order.
struct LiveTap {
  const StoredWord* weights;
  float activation;  ///< times the factor of the weights
  bool ends_segment;
};

inline std::vector<LiveTap> live_taps_in_order(const TapMajorBlock& block, float factor,
                                               const AccumulationOrder& order) {
  std::vector<LiveTap> taps;
  for (const auto& segment : order) {
    const std::size_t before = taps.size();
    for (const std::int64_t tap : segment) {
      const StoredWord word = block.activations[static_cast<std::size_t>(tap)];
      if (word == 0) continue;
      taps.push_back(
          {block.weights + tap * block.tap_pitch, float16::rounded(float16::value_of(word) * factor), false});
    }
    if (taps.size() > before) taps.back().ends_segment = true;
  }
  return taps;
}

/// Sums of filters, whole vectors of them, from `first` on. Some taps of a segment are taken at once, each a run of
/// weights from its beginning to its end, so that a sum is loaded and stored once for all of them.
template <class Adder, class Words>
HWY_INLINE void sum_live_taps(PsumForm form, const std::vector<LiveTap>& taps, const Words& numbers, std::size_t first,
                              Span<Word> psums) {
  const Floats d;
  const Adder adder;
  const std::size_t lanes = hn::Lanes(d);
  const std::size_t count = psums.size();
  std::vector<float> running(count, 0.0F);
  std::vector<float> sums(count, 0.0F);  // of a segment that has not ended
  for (std::size_t from = 0, to = 0; from < taps.size(); from = to) {
    while (to < taps.size() && to - from < kTapsAtOnce && (to == from || !taps[to - 1].ends_segment)) ++to;
    const bool ends = taps[to - 1].ends_segment;
    for (std::size_t f = 0; f < count; f += lanes) {
      FloatVector sum = hn::LoadU(d, sums.data() + f);
      for (std::size_t tap = from; tap < to; ++tap)
        sum = adder.mac(hn::Set(d, taps[tap].activation), numbers(taps[tap].weights + first + f), sum);
      if (ends) hn::StoreU(adder.add(hn::LoadU(d, running.data() + f), sum), d, running.data() + f);
      hn::StoreU(ends ? hn::Zero(d) : sum, d, sums.data() + f);
    }
  }
  for (std::size_t f = 0; f < count; f += lanes)
    store_psum_words(form, hn::LoadU(d, running.data() + f), psums.data() + f, lanes);
}

/// The last filters, which fill no vector, are put behind each other with what follows them left out.
template <class Adder, class Words>
HWY_INLINE void sum_tap_major(PsumForm form, const TapMajorBlock& block, std::vector<LiveTap>&& taps,
                              const Words& numbers) {
  constexpr std::size_t kFilters = 1024;  // a multiple of every vector
  const std::size_t lanes = hn::Lanes(Floats());
  const std::size_t whole = block.filters / lanes * lanes;
  for (std::size_t f = 0; f < whole; f += kFilters) {
    sum_live_taps<Adder>(form, taps, numbers, f, {block.psums + f, std::min(kFilters, whole - f)});
  }
  if (whole == block.filters) return;
  std::vector<StoredWord> last(taps.size() * lanes, 0);
  for (std::size_t tap = 0; tap < taps.size(); ++tap) {
    std::copy_n(taps[tap].weights + whole, block.filters - whole, last.data() + tap * lanes);
    taps[tap].weights = last.data() + tap * lanes;
  }
  std::vector<Word> psums(lanes);
  sum_live_taps<Adder>(form, taps, numbers, 0, psums);
  std::copy_n(psums.begin(), block.filters - whole, block.psums + whole);
}

/// Whether some sum may be beyond what binary16 holds where weights are signs.
inline bool may_saturate(const std::vector<LiveTap>& taps) {
  float running = 0.0F;
  float sum = 0.0F;
  for (const LiveTap& tap : taps) {
    sum = float16::rounded(sum + std::fabs(tap.activation));
    if (!tap.ends_segment) continue;
    running = float16::rounded(running + sum);
    sum = 0.0F;
  }
  return running >= float16::kLargest;
}

template <class Adder>
HWY_INLINE void sum_taps(PsumForm form, const TapMajorBlock& block, const FloatWeights& weights,
                         std::vector<LiveTap>&& taps) {
  with_words(weights, [&](const auto& words) HWY_ATTR { sum_tap_major<Adder>(form, block, std::move(taps), words); });
}

inline void SumTapMajorFloatProductsInOrder(PsumForm form, const TapMajorBlock& block, const FloatWeights& weights,
                                            const AccumulationOrder& order) {
  std::vector<LiveTap> taps = live_taps_in_order(block, weights.factor, order);
  if (form == PsumForm::float32) return sum_taps<Adder32Float>(form, block, weights, std::move(taps));
  if (!weights.signs) return sum_taps<Adder16Float<true, Factors::any>>(form, block, weights, std::move(taps));
  if (may_saturate(taps)) return sum_taps<Adder16Float<true, Factors::signs>>(form, block, weights, std::move(taps));
  sum_taps<Adder16Float<false, Factors::signs>>(form, block, weights, std::move(taps));
}

}  // namespace lacuna::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // LACUNA_HW_MAC_FLOAT_TAP_SUMS_INL_HPP

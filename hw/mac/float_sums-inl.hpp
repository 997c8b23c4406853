// SPDX-License-Identifier: Apache-2.0
// Per-target part of float_sums.cpp: no include guard but Highway's own, which lets it in once per target.
#if defined(LACUNA_HW_MAC_FLOAT_SUMS_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LACUNA_HW_MAC_FLOAT_SUMS_INL_HPP
#undef LACUNA_HW_MAC_FLOAT_SUMS_INL_HPP
#else
#define LACUNA_HW_MAC_FLOAT_SUMS_INL_HPP
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "hw/mac/float_sums.hpp"

HWY_BEFORE_NAMESPACE();
namespace lacuna::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

using Floats = hn::ScalableTag<float>;
using FloatVector = hn::VFromD<Floats>;

inline void Float16Values(Span<const StoredWord> words, float* values) {
  const Floats d;
  const hn::RebindToSigned<Floats> integers;
  const hn::Rebind<StoredWord, Floats> half;
  const std::size_t lanes = hn::Lanes(d);
  std::size_t i = 0;
  for (; i + lanes <= words.size(); i += lanes) {
    const auto word = hn::PromoteTo(integers, hn::LoadU(half, words.data() + i));
    const auto magnitude = hn::Min(hn::Abs(word), hn::Set(integers, float16::kLargestWord));
    const FloatVector number =
        hn::Mul(hn::BitCast(d, hn::ShiftLeft<float16::kLostBits>(magnitude)), hn::Set(d, float16::kBias));
    hn::StoreU(hn::CopySign(number, hn::BitCast(d, word)), d, values + i);
  }
  for (; i < words.size(); ++i) values[i] = float16::value_of(words[i]);
}

/// Additions in binary32. A product is exact, so that one rounding comes of a fused multiplication and addition too.
struct Adder32Float {
  HWY_INLINE FloatVector add(FloatVector a, FloatVector b) const { return hn::Add(a, b); }
  HWY_INLINE FloatVector mac(FloatVector a, FloatVector w, FloatVector sum) const { return hn::MulAdd(a, w, sum); }
};

/// Products and sums rounded to binary16, as float16::rounded does it.
struct Adder16Float {
  static HWY_INLINE FloatVector rounded(FloatVector x) {
    const Floats d;
    const hn::RebindToUnsigned<Floats> bits;
    const auto grid = hn::Set(d, 0.75F);
    const FloatVector small = hn::Sub(hn::Add(x, grid), grid);
    const auto code = hn::BitCast(bits, x);
    const auto odd = hn::And(hn::ShiftRight<float16::kLostBits>(code), hn::Set(bits, 1U));
    const auto up = hn::Add(code, hn::Add(odd, hn::Set(bits, 0xFFFU)));
    const FloatVector large = hn::BitCast(d, hn::And(up, hn::Set(bits, ~0x1FFFU)));
    const FloatVector limit = hn::Set(d, float16::kLargest);
    const FloatVector clamped = hn::Min(hn::Max(large, hn::Neg(limit)), limit);
    return hn::IfThenElse(hn::Lt(hn::Abs(x), hn::Set(d, 0x1p-14F)), small, clamped);
  }
  HWY_INLINE FloatVector add(FloatVector a, FloatVector b) const { return rounded(hn::Add(a, b)); }
  HWY_INLINE FloatVector mac(FloatVector a, FloatVector w, FloatVector sum) const {
    return add(sum, rounded(hn::Mul(a, w)));
  }
};

/// Psums of a block, `filters` times `vectors` registers of them at once.
template <class Adder>
struct FloatTiles {
  PsumForm form;
  const PsumBlock& block;
  const FloatOperands& operands;
  const AccumulationOrder& order;
  Adder adder = {};

  HWY_INLINE void store(FloatVector sums, std::size_t filter, std::size_t x) const {
    const Floats d;
    HWY_ALIGN float lanes[hn::MaxLanes(Floats())];
    hn::Store(sums, d, lanes);
    Word* const psums = block.psums + static_cast<std::ptrdiff_t>(filter) * block.psum_pitch + x;
    const std::size_t count = std::min(hn::Lanes(d), block.outputs - x);
    for (std::size_t i = 0; i < count; ++i) psums[i] = psum_word(form, lanes[i]);
  }

  template <std::size_t filters, std::size_t vectors>
  HWY_INLINE void tile(std::size_t filter, std::size_t x) const {
    const Floats d;
    const std::size_t lanes = hn::Lanes(d);
    const std::size_t taps = block.tap_offsets.size();
    FloatVector running[filters][vectors];
    FloatVector sums[filters][vectors];
    for (auto& row : running)
      for (FloatVector& sum : row) sum = hn::Zero(d);
    const float* const weights = operands.weights + filter * taps;
    for (const auto& segment : order) {
      for (auto& row : sums)
        for (FloatVector& sum : row) sum = hn::Zero(d);
      for (const std::int64_t tap : segment) {
        const float* const from = operands.activations + block.tap_offsets[static_cast<std::size_t>(tap)] + x;
        FloatVector activations[vectors];
        for (std::size_t v = 0; v < vectors; ++v) activations[v] = hn::LoadU(d, from + v * lanes);
        for (std::size_t f = 0; f < filters; ++f) {
          const FloatVector weight = hn::Set(d, weights[f * taps + static_cast<std::size_t>(tap)]);
          for (std::size_t v = 0; v < vectors; ++v) sums[f][v] = adder.mac(activations[v], weight, sums[f][v]);
        }
      }
      for (std::size_t f = 0; f < filters; ++f)
        for (std::size_t v = 0; v < vectors; ++v) running[f][v] = adder.add(running[f][v], sums[f][v]);
    }
    for (std::size_t f = 0; f < filters; ++f)
      for (std::size_t v = 0; v < vectors && x + v * lanes < block.outputs; ++v)
        store(running[f][v], filter + f, x + v * lanes);
  }

  template <std::size_t filters>
  HWY_INLINE void rows(std::size_t filter) const {
    constexpr std::size_t kVectors = 2;
    const std::size_t lanes = hn::Lanes(Floats());
    std::size_t x = 0;
    for (; x + lanes < block.outputs; x += kVectors * lanes) tile<filters, kVectors>(filter, x);
    for (; x < block.outputs; x += lanes) tile<filters, 1>(filter, x);
  }

  HWY_INLINE void lanes_of_outputs() const {
    constexpr std::size_t kFilters = 4;
    std::size_t filter = 0;
    for (; filter + kFilters <= block.filters; filter += kFilters) rows<kFilters>(filter);
    for (; filter < block.filters; ++filter) rows<1>(filter);
  }

  /// Fewer outputs than filters: what waits for the sum before it is the chain of additions of one psum, so lanes are
  /// filters, whose weights are put side by side, and as many vectors of them as hide the wait.
  HWY_INLINE void lanes_of_filters() const {
    constexpr std::size_t kVectors = 4;
    const Floats d;
    const std::size_t lanes = kVectors * hn::Lanes(d);
    const std::size_t taps = block.tap_offsets.size();
    std::vector<float> side_by_side(taps * lanes);
    for (std::size_t first = 0; first < block.filters; first += lanes) {
      const std::size_t count = std::min(lanes, block.filters - first);
      for (std::size_t f = 0; f < count; ++f) {
        const float* const weights = operands.weights + (first + f) * taps;
        for (std::size_t tap = 0; tap < taps; ++tap) side_by_side[tap * lanes + f] = weights[tap];
      }
      for (std::size_t x = 0; x < block.outputs; ++x) column<kVectors>(side_by_side.data(), first, count, x);
    }
  }

  template <std::size_t vectors>
  HWY_INLINE void column(const float* weights, std::size_t first, std::size_t count, std::size_t x) const {
    const Floats d;
    const std::size_t lanes = hn::Lanes(d);
    FloatVector running[vectors];
    FloatVector sums[vectors];
    for (FloatVector& sum : running) sum = hn::Zero(d);
    for (const auto& segment : order) {
      for (FloatVector& sum : sums) sum = hn::Zero(d);
      for (const std::int64_t tap : segment) {
        const auto at = static_cast<std::size_t>(tap);
        const FloatVector activation = hn::Set(d, operands.activations[block.tap_offsets[at] + x]);
        const float* const from = weights + at * vectors * lanes;
        for (std::size_t v = 0; v < vectors; ++v)
          sums[v] = adder.mac(activation, hn::LoadU(d, from + v * lanes), sums[v]);
      }
      for (std::size_t v = 0; v < vectors; ++v) running[v] = adder.add(running[v], sums[v]);
    }
    HWY_ALIGN float numbers[vectors * hn::MaxLanes(Floats())];
    for (std::size_t v = 0; v < vectors; ++v) hn::Store(running[v], d, numbers + v * lanes);
    for (std::size_t f = 0; f < count; ++f) {
      block.psums[static_cast<std::ptrdiff_t>(first + f) * block.psum_pitch + static_cast<std::ptrdiff_t>(x)] =
          psum_word(form, numbers[f]);
    }
  }
};

inline void SumFloatProductsInOrder(PsumForm form, const PsumBlock& block, const FloatOperands& operands,
                                    const AccumulationOrder& order) {
  const auto sum = [&](const auto& tiles) HWY_ATTR {
    block.outputs < block.filters&& block.outputs < hn::Lanes(Floats()) ? tiles.lanes_of_filters()
                                                                        : tiles.lanes_of_outputs();
  };
  if (form == PsumForm::float16) {
    sum(FloatTiles<Adder16Float>{form, block, operands, order});
  } else {
    sum(FloatTiles<Adder32Float>{form, block, operands, order});
  }
}

}  // namespace lacuna::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // LACUNA_HW_MAC_FLOAT_SUMS_INL_HPP

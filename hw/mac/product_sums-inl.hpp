// SPDX-License-Identifier: Apache-2.0
// Per-target part of product_sums.cpp: no include guard but Highway's own, which lets it in once per target.
#if defined(LACUNA_HW_MAC_PRODUCT_SUMS_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LACUNA_HW_MAC_PRODUCT_SUMS_INL_HPP
#undef LACUNA_HW_MAC_PRODUCT_SUMS_INL_HPP
#else
#define LACUNA_HW_MAC_PRODUCT_SUMS_INL_HPP
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "hw/base/accumulation_order.hpp"
#include "hw/base/arithmetic.hpp"
#include "hw/mac/live_taps.hpp"
#include "hw/mac/psum_block.hpp"

HWY_BEFORE_NAMESPACE();
namespace lacuna::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

// ---- What becomes of a product, (a w + 2^(s-1)) >> s, as an addend in lanes of 16 bits, modulo 2^16.

/// s = 0.
struct WholeProduct {
  static constexpr int weight_shift = 0;
  template <class V>
  HWY_INLINE V operator()(V activation, V weight) const {
    return hn::Mul(activation, weight);
  }
};

/// s <= 15 where the weight, shifted left by 15 - s, still fits 16 bits: (a (w 2^(15-s)) + 2^14) >> 15.
struct ShiftedWeight {
  int weight_shift;
  template <class V>
  HWY_INLINE V operator()(V activation, V weight) const {
    return hn::MulFixedPoint15(activation, weight);
  }
};

/// s = 16: the upper half, and one more where the highest bit of the lower half is set.
struct RoundedHighHalf {
  static constexpr int weight_shift = 0;
  template <class V>
  HWY_INLINE V operator()(V activation, V weight) const {
    return hn::Sub(hn::MulHigh(activation, weight), hn::ShiftRight<15>(hn::Mul(activation, weight)));
  }
};

/// s >= 17: with h = (a w) >> 16, (h + 2^(s-17)) >> (s-16) = (h 2^(31-s) + 2^14) >> 15.
template <class V>
struct HighHalf {
  static constexpr int weight_shift = 0;
  V factor;  ///< 2^(31 - s)
  HWY_INLINE V operator()(V activation, V weight) const {
    return hn::MulFixedPoint15(hn::MulHigh(activation, weight), factor);
  }
};

HWY_INLINE Word wrapped(std::uint32_t sum, int unused_bits) {
  return static_cast<std::int32_t>(sum << unused_bits) >> unused_bits;
}

// ---- Sums modulo 2^16: accumulators of up to 16 bits.

/// `filters` x `vectors` registers of sums. More vectors than registers hold would spill.
constexpr std::size_t kTileFilters = 4;
constexpr std::size_t kTileVectors = HWY_TARGET <= HWY_AVX3 ? 4 : 2;

template <class D>
HWY_INLINE void store_psums(D d, hn::VFromD<D> sums, Word* psums, std::size_t count, int unused_bits) {
  HWY_ALIGN StoredWord lanes[hn::MaxLanes(D())];
  hn::Store(sums, d, lanes);
  for (std::size_t x = 0; x < std::min(count, hn::Lanes(d)); ++x) {
    psums[x] = wrapped(static_cast<std::uint32_t>(lanes[x]), unused_bits);
  }
}

template <std::size_t filters, std::size_t vectors, class Addend>
HWY_INLINE void tile16(const PsumBlock& block, const Addend& addend, std::size_t filter, std::size_t x,
                       int unused_bits) {
  const hn::ScalableTag<StoredWord> d;
  using V = hn::VFromD<decltype(d)>;
  const std::size_t lanes = hn::Lanes(d);
  V sums[filters][vectors];
  for (auto& row : sums)
    for (V& sum : row) sum = hn::Zero(d);
  const StoredWord* const weights = block.weights + static_cast<std::ptrdiff_t>(filter) * block.filter_pitch;
  for (std::size_t tap = 0; tap < block.tap_offsets.size(); ++tap) {
    const StoredWord* const from = block.activations + block.tap_offsets[tap] + x;
    V activations[vectors];
    for (std::size_t v = 0; v < vectors; ++v) activations[v] = hn::LoadU(d, from + v * lanes);
    for (std::size_t f = 0; f < filters; ++f) {
      const int word = weights[static_cast<std::ptrdiff_t>(f) * block.filter_pitch + static_cast<std::ptrdiff_t>(tap)];
      const V weight = hn::Set(d, static_cast<StoredWord>(word * (1 << addend.weight_shift)));
      for (std::size_t v = 0; v < vectors; ++v) sums[f][v] = hn::Add(sums[f][v], addend(activations[v], weight));
    }
  }
  for (std::size_t f = 0; f < filters; ++f) {
    Word* const psums = block.psums + static_cast<std::ptrdiff_t>(filter + f) * block.psum_pitch + x;
    for (std::size_t v = 0; v < vectors && x + v * lanes < block.outputs; ++v) {
      store_psums(d, sums[f][v], psums + v * lanes, block.outputs - x - v * lanes, unused_bits);
    }
  }
}

template <std::size_t filters, class Addend>
HWY_INLINE void row16(const PsumBlock& block, const Addend& addend, std::size_t filter, int unused_bits) {
  const std::size_t lanes = hn::Lanes(hn::ScalableTag<StoredWord>());
  std::size_t x = 0;
  for (; x + (kTileVectors - 1) * lanes < block.outputs; x += kTileVectors * lanes) {
    tile16<filters, kTileVectors>(block, addend, filter, x, unused_bits);
  }
  for (; x < block.outputs; x += lanes) tile16<filters, 1>(block, addend, filter, x, unused_bits);
}

template <class Addend>
HWY_INLINE void block16(const PsumBlock& block, const Addend& addend, int unused_bits) {
  std::size_t filter = 0;
  for (; filter + kTileFilters <= block.filters; filter += kTileFilters) {
    row16<kTileFilters>(block, addend, filter, unused_bits);
  }
  for (; filter < block.filters; ++filter) row16<1>(block, addend, filter, unused_bits);
}

/// One output per filter, taps side by side: a product of a matrix with a vector, each weight read once.
template <class Addend>
HWY_INLINE void dot16(const PsumBlock& block, const Addend& addend, int unused_bits) {
  constexpr std::size_t kUnroll = 4;
  const hn::ScalableTag<StoredWord> d;
  using V = hn::VFromD<decltype(d)>;
  const std::size_t lanes = hn::Lanes(d);
  const std::size_t taps = block.tap_offsets.size();
  const StoredWord* const activations = block.activations + block.tap_offsets[0];
  const auto addends = [&](const StoredWord* weights, std::size_t tap) HWY_ATTR {
    const V weight = hn::ShiftLeftSame(hn::LoadU(d, weights + tap), addend.weight_shift);
    return addend(hn::LoadU(d, activations + tap), weight);
  };
  HWY_ALIGN StoredWord last_activations[hn::MaxLanes(decltype(d)())] = {};
  HWY_ALIGN StoredWord last_weights[hn::MaxLanes(decltype(d)())] = {};
  const std::size_t whole = taps / lanes * lanes;
  std::copy_n(activations + whole, taps - whole, last_activations);
  for (std::size_t filter = 0; filter < block.filters; ++filter) {
    const StoredWord* const weights = block.weights + static_cast<std::ptrdiff_t>(filter) * block.filter_pitch;
    V sums[kUnroll];
    for (V& sum : sums) sum = hn::Zero(d);
    std::size_t tap = 0;
    for (; tap + kUnroll * lanes <= taps; tap += kUnroll * lanes) {
      for (std::size_t u = 0; u < kUnroll; ++u) sums[u] = hn::Add(sums[u], addends(weights, tap + u * lanes));
    }
    for (; tap < whole; tap += lanes) sums[0] = hn::Add(sums[0], addends(weights, tap));
    std::copy_n(weights + whole, taps - whole, last_weights);
    const V last = hn::ShiftLeftSame(hn::Load(d, last_weights), addend.weight_shift);
    sums[0] = hn::Add(sums[0], addend(hn::Load(d, last_activations), last));
    HWY_ALIGN StoredWord parts[hn::MaxLanes(decltype(d)())];
    hn::Store(hn::Add(hn::Add(sums[0], sums[1]), hn::Add(sums[2], sums[3])), d, parts);
    std::uint32_t sum = 0;
    for (std::size_t lane = 0; lane < lanes; ++lane) sum += static_cast<std::uint32_t>(parts[lane]);
    block.psums[static_cast<std::ptrdiff_t>(filter) * block.psum_pitch] = wrapped(sum, unused_bits);
  }
}

HWY_INLINE bool taps_side_by_side(const PsumBlock& block) {
  for (std::size_t tap = 1; tap < block.tap_offsets.size(); ++tap) {
    if (block.tap_offsets[tap] != block.tap_offsets[tap - 1] + 1) return false;
  }
  return true;
}

template <class Addend>
HWY_INLINE void sum16(const PsumBlock& block, const Addend& addend, std::int64_t accumulator_bits) {
  const int unused_bits = static_cast<int>(32 - accumulator_bits);
  if (block.outputs == 1 && taps_side_by_side(block)) {
    dot16(block, addend, unused_bits);
  } else {
    block16(block, addend, unused_bits);
  }
}

/// Whether every weight of the block, shifted left by `bits`, fits 16 bits.
HWY_INLINE bool weights_fit(const PsumBlock& block, std::int64_t bits) {
  if (bits == 0 && HWY_ARCH_X86 && HWY_TARGET < HWY_EMU128) return true;
  const int limit = 32768 >> bits;
  int high = 0;
  int low = 0;
  for (std::size_t filter = 0; filter < block.filters; ++filter) {
    const StoredWord* const weights = block.weights + static_cast<std::ptrdiff_t>(filter) * block.filter_pitch;
    for (std::size_t tap = 0; tap < block.tap_offsets.size(); ++tap) {
      high = std::max<int>(high, weights[tap]);
      low = std::min<int>(low, weights[tap]);
    }
  }
  // -2^15 itself is left out: where an activation is -2^15 too, some hosts saturate their product.
  return high < limit && low > -limit;
}

// ---- Sums in lanes of 32 bits: what every accumulator of up to 32 bits takes.

struct Product32 {
  int shift;
  std::int32_t rounding;
  template <class D>
  HWY_INLINE hn::VFromD<D> operator()(D d, hn::VFromD<D> activation, hn::VFromD<D> weight) const {
    return hn::ShiftRightSame(hn::Add(hn::Mul(activation, weight), hn::Set(d, rounding)), shift);
  }
};

HWY_INLINE Product32 product32(const Arithmetic& arithmetic) {
  const int shift = static_cast<int>(arithmetic.product_shift);
  return {shift, shift == 0 ? 0 : std::int32_t{1} << (shift - 1)};
}

using Words32 = hn::ScalableTag<Word>;

HWY_INLINE hn::VFromD<Words32> load_activations(const StoredWord* from) {
  const hn::Rebind<StoredWord, Words32> half;
  return hn::PromoteTo(Words32(), hn::LoadU(half, from));
}

HWY_INLINE void store_psums32(hn::VFromD<Words32> sums, Word* psums, std::size_t count) {
  const Words32 d;
  HWY_ALIGN Word lanes[hn::MaxLanes(Words32())];
  hn::Store(sums, d, lanes);
  std::copy_n(lanes, std::min(count, hn::Lanes(d)), psums);
}

HWY_INLINE void sum32(const Arithmetic& arithmetic, const PsumBlock& block) {
  constexpr std::size_t kFilters = 4;
  const Words32 d;
  using V = hn::VFromD<Words32>;
  const Product32 product = product32(arithmetic);
  const int unused_bits = static_cast<int>(32 - arithmetic.accumulator_bits);
  for (std::size_t filter = 0; filter < block.filters; filter += kFilters) {
    for (std::size_t x = 0; x < block.outputs; x += hn::Lanes(d)) {
      V sums[kFilters];
      const StoredWord* weights[kFilters];
      for (std::size_t f = 0; f < kFilters; ++f) {
        sums[f] = hn::Zero(d);
        // Rows past the last filter repeat it; their sums are not stored.
        const std::size_t real = std::min(filter + f, block.filters - 1);
        weights[f] = block.weights + static_cast<std::ptrdiff_t>(real) * block.filter_pitch;
      }
      for (std::size_t tap = 0; tap < block.tap_offsets.size(); ++tap) {
        const V activations = load_activations(block.activations + block.tap_offsets[tap] + x);
        for (std::size_t f = 0; f < kFilters; ++f) {
          sums[f] = hn::Add(sums[f], product(d, activations, hn::Set(d, Word{weights[f][tap]})));
        }
      }
      for (std::size_t f = 0; f < kFilters && filter + f < block.filters; ++f) {
        const V psums = hn::ShiftRightSame(hn::ShiftLeftSame(sums[f], unused_bits), unused_bits);
        Word* const to = block.psums + static_cast<std::ptrdiff_t>(filter + f) * block.psum_pitch + x;
        store_psums32(psums, to, block.outputs - x);
      }
    }
  }
}

/// One output per filter in lanes of 32 bits.
HWY_INLINE void dot32(const Arithmetic& arithmetic, const PsumBlock& block) {
  const Words32 d;
  using V = hn::VFromD<Words32>;
  const Product32 product = product32(arithmetic);
  const int unused_bits = static_cast<int>(32 - arithmetic.accumulator_bits);
  const std::size_t taps = block.tap_offsets.size();
  const std::size_t whole = taps / hn::Lanes(d) * hn::Lanes(d);
  const StoredWord* const activations = block.activations + block.tap_offsets[0];
  for (std::size_t filter = 0; filter < block.filters; ++filter) {
    const StoredWord* const weights = block.weights + static_cast<std::ptrdiff_t>(filter) * block.filter_pitch;
    V sums = hn::Zero(d);
    for (std::size_t tap = 0; tap < whole; tap += hn::Lanes(d)) {
      sums = hn::Add(sums, product(d, load_activations(activations + tap), load_activations(weights + tap)));
    }
    HWY_ALIGN Word parts[hn::MaxLanes(Words32())];
    hn::Store(sums, d, parts);
    std::uint32_t sum = 0;
    for (std::size_t lane = 0; lane < hn::Lanes(d); ++lane) sum += static_cast<std::uint32_t>(parts[lane]);
    for (std::size_t tap = whole; tap < taps; ++tap) {
      sum += static_cast<std::uint32_t>((activations[tap] * weights[tap] + product.rounding) >> product.shift);
    }
    block.psums[static_cast<std::ptrdiff_t>(filter) * block.psum_pitch] = wrapped(sum, unused_bits);
  }
}

/// Calls sum(addend) with what the arithmetic makes of a product in lanes of 16 bits; false where there is no such way.
/// `weights_fit(bits)`: whether every weight, shifted left by so many bits, fits 16.
template <class Fit, class Sum>
HWY_INLINE bool with_addend16(const Arithmetic& arithmetic, const Fit& weights_fit, const Sum& sum) {
  const hn::ScalableTag<StoredWord> d;
  const std::int64_t shift = arithmetic.product_shift;
  if (arithmetic.accumulator_bits > 16) return false;
  if (shift == 0) {
    sum(WholeProduct());
  } else if (shift >= 17) {
    sum(HighHalf<hn::VFromD<decltype(d)>>{hn::Set(d, static_cast<StoredWord>(1 << (31 - shift)))});
  } else if (shift == 16) {
    sum(RoundedHighHalf());
  } else if (weights_fit(15 - shift)) {
    sum(ShiftedWeight{static_cast<int>(15 - shift)});
  } else {
    return false;
  }
  return true;
}

inline void SumProducts(const Arithmetic& arithmetic, const PsumBlock& block) {
  if (block.filters == 0 || block.outputs == 0) return;
  const auto fit = [&](std::int64_t bits) HWY_ATTR { return weights_fit(block, bits); };
  const auto sum = [&](const auto& addend) HWY_ATTR { sum16(block, addend, arithmetic.accumulator_bits); };
  if (with_addend16(arithmetic, fit, sum)) return;
  if (block.outputs == 1 && taps_side_by_side(block)) return dot32(arithmetic, block);
  sum32(arithmetic, block);
}

// ---- Weights tap by tap.

template <class Addend>
HWY_INLINE void sum_taps16(const TapMajorBlock& block, const Addend& addend, std::int64_t accumulator_bits) {
  const hn::ScalableTag<StoredWord> d;
  using V = hn::VFromD<decltype(d)>;
  const std::size_t lanes = hn::Lanes(d);
  const std::size_t whole = block.filters / lanes * lanes;
  std::vector<StoredWord> sums(block.filters, 0);
  for (const TapGroup& taps : live_taps(block)) {
    V activations[kTapsAtOnce];
    for (std::size_t t = 0; t < kTapsAtOnce; ++t) activations[t] = hn::Set(d, taps.activations[t]);
    for (std::size_t f = 0; f < whole; f += lanes) {
      V sum = hn::LoadU(d, sums.data() + f);
      for (std::size_t t = 0; t < kTapsAtOnce; ++t) {
        const V weight = hn::ShiftLeftSame(hn::LoadU(d, taps.weights[t] + f), addend.weight_shift);
        sum = hn::Add(sum, addend(activations[t], weight));
      }
      hn::StoreU(sum, d, sums.data() + f);
    }
  }
  const int unused_bits = static_cast<int>(32 - accumulator_bits);
  for (std::size_t f = 0; f < whole; ++f) block.psums[f] = wrapped(static_cast<std::uint32_t>(sums[f]), unused_bits);
}

HWY_INLINE void sum_taps32(const Arithmetic& arithmetic, const TapMajorBlock& block, std::size_t first) {
  const Words32 d;
  using V = hn::VFromD<Words32>;
  const Product32 product = product32(arithmetic);
  const int unused_bits = static_cast<int>(32 - arithmetic.accumulator_bits);
  const std::size_t whole = first + (block.filters - first) / hn::Lanes(d) * hn::Lanes(d);
  std::fill(block.psums + first, block.psums + block.filters, 0);
  for (const TapGroup& taps : live_taps(block)) {
    for (std::size_t f = first; f < whole; f += hn::Lanes(d)) {
      V sum = hn::LoadU(d, block.psums + f);
      for (std::size_t t = 0; t < kTapsAtOnce; ++t) {
        sum = hn::Add(sum, product(d, hn::Set(d, Word{taps.activations[t]}), load_activations(taps.weights[t] + f)));
      }
      hn::StoreU(sum, d, block.psums + f);
    }
    for (std::size_t f = whole; f < block.filters; ++f) {
      auto sum = static_cast<std::uint32_t>(block.psums[f]);
      for (std::size_t t = 0; t < kTapsAtOnce; ++t) {
        const Word whole_product = Word{taps.activations[t]} * taps.weights[t][f];
        sum += static_cast<std::uint32_t>((whole_product + product.rounding) >> product.shift);
      }
      block.psums[f] = static_cast<Word>(sum);
    }
  }
  for (std::size_t f = first; f < block.filters; ++f) {
    block.psums[f] = wrapped(static_cast<std::uint32_t>(block.psums[f]), unused_bits);
  }
}

/// Filters past the last whole vector of 16-bit lanes take the way of 32-bit lanes.
inline void SumTapMajorProducts(const Arithmetic& arithmetic, const TapMajorBlock& block) {
  const std::size_t lanes = hn::Lanes(hn::ScalableTag<StoredWord>());
  const auto fit = [](std::int64_t bits) HWY_ATTR { return bits == 0 && HWY_ARCH_X86 && HWY_TARGET < HWY_EMU128; };
  const auto sum = [&](const auto& addend) HWY_ATTR { sum_taps16(block, addend, arithmetic.accumulator_bits); };
  const bool done = with_addend16(arithmetic, fit, sum);
  sum_taps32(arithmetic, block, done ? block.filters / lanes * lanes : 0);
}

// ---- Sums in a given order.

/// Additions of the arithmetic in lanes of 32 bits: clamped, or modulo 2^32 with the rest left to the end.
struct Adder32 {
  bool saturate;
  Word low;
  Word high;
  int unused_bits;
  template <class D>
  HWY_INLINE hn::VFromD<D> operator()(D d, hn::VFromD<D> sum, hn::VFromD<D> addend) const {
    const auto total = hn::Add(sum, addend);
    if (saturate) return hn::Min(hn::Max(total, hn::Set(d, low)), hn::Set(d, high));
    return hn::ShiftRightSame(hn::ShiftLeftSame(total, unused_bits), unused_bits);
  }
};

HWY_INLINE Adder32 adder32(const Arithmetic& arithmetic) {
  const std::int64_t high = (std::int64_t{1} << (arithmetic.accumulator_bits - 1)) - 1;
  return {arithmetic.saturate, static_cast<Word>(-high - 1), static_cast<Word>(high),
          static_cast<int>(32 - arithmetic.accumulator_bits)};
}

/// Psums side by side, summed up in one order. Lanes are filters where there are fewer outputs than filters, outputs
/// otherwise: what waits for the sum before it is the chain of additions of one psum, so lanes are independent psums.
struct OrderedSums {
  const PsumBlock& block;
  Product32 product;
  Adder32 add;
  bool lanes_are_filters;

  /// The products of one tap for `count` lanes from `first` on; `other` is the output, or the filter, that they share.
  HWY_INLINE hn::VFromD<Words32> products(std::int64_t tap, std::size_t other, std::size_t first,
                                          std::size_t count) const {
    const Words32 d;
    const StoredWord* const from = block.activations + block.tap_offsets[static_cast<std::size_t>(tap)];
    if (!lanes_are_filters) {
      const Word weight = block.weights[static_cast<std::ptrdiff_t>(other) * block.filter_pitch + tap];
      return product(d, load_activations(from + first), hn::Set(d, weight));
    }
    HWY_ALIGN Word gathered[hn::MaxLanes(Words32())] = {};
    const StoredWord* weight = block.weights + static_cast<std::ptrdiff_t>(first) * block.filter_pitch + tap;
    for (std::size_t f = 0; f < count; ++f, weight += block.filter_pitch) gathered[f] = *weight;
    return product(d, hn::Set(d, Word{from[other]}), hn::Load(d, gathered));
  }

  HWY_INLINE hn::VFromD<Words32> sums(const AccumulationOrder& order, std::size_t other, std::size_t first,
                                      std::size_t count) const {
    const Words32 d;
    auto running = hn::Zero(d);
    for (const auto& segment : order) {
      auto sum = hn::Zero(d);
      for (const std::int64_t tap : segment) sum = add(d, sum, products(tap, other, first, count));
      running = add(d, running, sum);
    }
    return running;
  }

  HWY_INLINE void store(hn::VFromD<Words32> psums, std::size_t other, std::size_t first, std::size_t count) const {
    if (!lanes_are_filters) {
      store_psums32(psums, block.psums + static_cast<std::ptrdiff_t>(other) * block.psum_pitch + first, count);
      return;
    }
    HWY_ALIGN Word lanes[hn::MaxLanes(Words32())];
    hn::Store(psums, Words32(), lanes);
    Word* const column = block.psums + other;
    for (std::size_t f = 0; f < count; ++f)
      column[static_cast<std::ptrdiff_t>(first + f) * block.psum_pitch] = lanes[f];
  }
};

inline void SumProductsInOrder(const Arithmetic& arithmetic, const PsumBlock& block, const AccumulationOrder& order) {
  const std::size_t lanes = hn::Lanes(Words32());
  const bool lanes_are_filters = block.outputs < block.filters;
  const OrderedSums ordered{block, product32(arithmetic), adder32(arithmetic), lanes_are_filters};
  const std::size_t others = lanes_are_filters ? block.outputs : block.filters;
  const std::size_t side_by_side = lanes_are_filters ? block.filters : block.outputs;
  for (std::size_t other = 0; other < others; ++other) {
    for (std::size_t first = 0; first < side_by_side; first += lanes) {
      const std::size_t count = std::min(lanes, side_by_side - first);
      ordered.store(ordered.sums(order, other, first, count), other, first, count);
    }
  }
}

}  // namespace lacuna::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // LACUNA_HW_MAC_PRODUCT_SUMS_INL_HPP

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
#include <cmath>
#include <cstdint>
#include <vector>

#include "hw/mac/float_sums.hpp"

HWY_BEFORE_NAMESPACE();
namespace lacuna::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

using Floats = hn::ScalableTag<float>;
using FloatVector = hn::VFromD<Floats>;

/// The numbers of binary16 words.
struct Float16Words {
  HWY_INLINE FloatVector operator()(const StoredWord* words) const {
    const Floats d;
    const hn::RebindToSigned<Floats> integers;
    const hn::Rebind<StoredWord, Floats> half;
    const auto word = hn::PromoteTo(integers, hn::LoadU(half, words));
    const auto magnitude = hn::Min(hn::Abs(word), hn::Set(integers, float16::kLargestWord));
    const FloatVector number =
        hn::Mul(hn::BitCast(d, hn::ShiftLeft<float16::kLostBits>(magnitude)), hn::Set(d, float16::kBias));
    return hn::CopySign(number, hn::BitCast(d, word));
  }
};

/// The numbers that the low 8 bits of words say.
struct TableWords {
  const float* numbers;
  HWY_INLINE FloatVector operator()(const StoredWord* words) const {
    const Floats d;
    const hn::RebindToSigned<Floats> integers;
    const hn::Rebind<StoredWord, Floats> half;
    const auto word = hn::PromoteTo(integers, hn::LoadU(half, words));
    return hn::GatherIndex(d, numbers, hn::And(word, hn::Set(integers, 255)));
  }
};

inline void Float16Values(Span<const StoredWord> words, float* values) {
  const Floats d;
  const std::size_t lanes = hn::Lanes(d);
  std::size_t i = 0;
  for (; i + lanes <= words.size(); i += lanes) hn::StoreU(Float16Words()(words.data() + i), d, values + i);
  for (; i < words.size(); ++i) values[i] = float16::value_of(words[i]);
}

/// Additions in binary32. A product is exact, so that one rounding comes of a fused multiplication and addition too.
struct Adder32Float {
  HWY_INLINE FloatVector add(FloatVector a, FloatVector b) const { return hn::Add(a, b); }
  HWY_INLINE FloatVector mac(FloatVector a, FloatVector w, FloatVector sum) const { return hn::MulAdd(a, w, sum); }
};

/// Products and sums rounded to binary16, as float16::rounded does it. `saturates`: whether a number can be too large.
template <bool saturates>
struct Adder16Float {
  /// A number with the exponent E, at least that of the lowest normal number, is added to 1.5 x 2^(E + 13) and taken
  /// out of the sum again: a unit in the last place of that is the step of binary16 numbers of that exponent.
  static HWY_INLINE FloatVector rounded(FloatVector x) {
    constexpr std::int32_t kExponent = 0x7F800000;
    constexpr std::int32_t kLowestNormal = (127 - 14) << 23;
    constexpr std::int32_t kGrid = (float16::kLostBits << 23) | (1 << 22);
    const Floats d;
    const hn::RebindToSigned<Floats> bits;
    const auto exponent = hn::And(hn::BitCast(bits, x), hn::Set(bits, kExponent));
    const auto normal = hn::Max(exponent, hn::Set(bits, kLowestNormal));
    const FloatVector grid = hn::BitCast(d, hn::Add(normal, hn::Set(bits, kGrid)));
    const FloatVector nearest = hn::Sub(hn::Add(x, grid), grid);
    if constexpr (!saturates) return nearest;
    const FloatVector limit = hn::Set(d, float16::kLargest);
    return hn::Min(hn::Max(nearest, hn::Neg(limit)), limit);
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

  /// Some filters at one output and those behind it.
  template <std::size_t filters, std::size_t vectors>
  struct Tile {
    FloatVector sums[filters][vectors];

    HWY_INLINE void clear() {
      for (auto& row : sums) {
        for (FloatVector& sum : row) sum = hn::Zero(Floats());
      }
    }
    HWY_INLINE void add(const Adder& adder, const Tile& segment) {
      for (std::size_t f = 0; f < filters; ++f) {
        for (std::size_t v = 0; v < vectors; ++v) sums[f][v] = adder.add(sums[f][v], segment.sums[f][v]);
      }
    }
    /// Adds the products of one tap; `weights` lie `taps` apart.
    HWY_INLINE void add_tap(const Adder& adder, const float* from, const float* weights, std::size_t taps) {
      const Floats d;
      FloatVector activations[vectors];
      for (std::size_t v = 0; v < vectors; ++v) activations[v] = hn::LoadU(d, from + v * hn::Lanes(d));
      for (std::size_t f = 0; f < filters; ++f) {
        const FloatVector weight = hn::Set(d, weights[f * taps]);
        for (std::size_t v = 0; v < vectors; ++v) sums[f][v] = adder.mac(activations[v], weight, sums[f][v]);
      }
    }
  };

  template <std::size_t filters, std::size_t vectors>
  HWY_INLINE void tile(std::size_t filter, std::size_t x) const {
    const std::size_t lanes = hn::Lanes(Floats());
    const std::size_t taps = block.tap_offsets.size();
    Tile<filters, vectors> running;
    Tile<filters, vectors> sum;
    running.clear();
    const float* const weights = operands.weights + filter * taps;
    for (const auto& segment : order) {
      sum.clear();
      for (const std::int64_t tap : segment) {
        const auto t = static_cast<std::size_t>(tap);
        sum.add_tap(adder, operands.activations + block.tap_offsets[t] + x, weights + t, taps);
      }
      running.add(adder, sum);
    }
    for (std::size_t f = 0; f < filters; ++f) {
      for (std::size_t v = 0; v < vectors && x + v * lanes < block.outputs; ++v) {
        store(running.sums[f][v], filter + f, x + v * lanes);
      }
    }
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

  /// Lanes are filters, whose weights are put side by side: for fewer outputs than filters, and for activations many of
  /// which are zero, whose taps are left out. What waits for the sum before it is the chain of additions of one psum:
  /// so many vectors hide the wait.
  HWY_INLINE void lanes_of_filters() const {
    constexpr std::size_t kVectors = 4;
    constexpr std::size_t kTaps = 16;  // at a time: a line of the host's cache
    const Floats d;
    const std::size_t lanes = kVectors * hn::Lanes(d);
    const std::size_t taps = block.tap_offsets.size();
    std::vector<float> side_by_side(taps * lanes);
    for (std::size_t first = 0; first < block.filters; first += lanes) {
      const std::size_t count = std::min(lanes, block.filters - first);
      for (std::size_t from = 0; from < taps; from += kTaps) {
        for (std::size_t f = 0; f < count; ++f) {
          const float* const weights = operands.weights + (first + f) * taps;
          for (std::size_t tap = from; tap < std::min(from + kTaps, taps); ++tap)
            side_by_side[tap * lanes + f] = weights[tap];
        }
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
        const float number = operands.activations[block.tap_offsets[at] + x];
        if (number == 0.0F) continue;
        const FloatVector activation = hn::Set(d, number);
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

/// Whether so many activations are zero that leaving them out is faster: roundings to binary16 take longer than
/// branches.
HWY_INLINE bool pays_to_skip_zeros(const PsumBlock& block, const FloatOperands& operands) {
  constexpr std::size_t kFewestFilters = 32;
  if (block.filters < kFewestFilters) return false;
  std::size_t zeros = 0;
  for (std::size_t i = 0; i < operands.words; ++i) zeros += operands.activations[i] == 0.0F ? 1 : 0;
  return zeros * 3 > operands.words;
}

/// Whether some sum of the block's products may be beyond what binary16 holds, roundings counted.
HWY_INLINE bool may_saturate(const PsumBlock& block, const FloatOperands& operands) {
  const std::size_t taps = block.tap_offsets.size();
  // A rounding moves a product or a sum by one part in 2^11 at most, and a sum by as much with every tap.
  const float growth = std::exp(static_cast<float>(2 * taps + 2) / 2048.0F);
  float largest = 0.0F;
  for (std::size_t i = 0; i < operands.words; ++i) largest = std::max(largest, std::fabs(operands.activations[i]));
  for (std::size_t filter = 0; filter < block.filters; ++filter) {
    float sum = 0.0F;
    for (std::size_t tap = 0; tap < taps; ++tap) sum += std::fabs(operands.weights[filter * taps + tap]);
    if (!(sum * largest * growth < float16::kLargest)) return true;
  }
  return false;
}

inline void SumFloatProductsInOrder(PsumForm form, const PsumBlock& block, const FloatOperands& operands,
                                    const AccumulationOrder& order) {
  const bool few_outputs = block.outputs < block.filters && block.outputs < hn::Lanes(Floats());
  const bool by_filters = few_outputs || (form == PsumForm::float16 && pays_to_skip_zeros(block, operands));
  const auto sum = [&](const auto& tiles) HWY_ATTR {
    if (by_filters) return tiles.lanes_of_filters();
    tiles.lanes_of_outputs();
  };
  if (form == PsumForm::float32) {
    sum(FloatTiles<Adder32Float>{form, block, operands, order});
  } else if (may_saturate(block, operands)) {
    sum(FloatTiles<Adder16Float<true>>{form, block, operands, order});
  } else {
    sum(FloatTiles<Adder16Float<false>>{form, block, operands, order});
  }
}

// ---- Weights tap by tap.

/// A tap that counts, in its place in the order.
struct LiveTap {
  const StoredWord* weights;
  float activation;
  bool ends_segment;
};

inline std::vector<LiveTap> live_taps_in_order(const TapMajorBlock& block, const AccumulationOrder& order) {
  std::vector<LiveTap> taps;
  for (const auto& segment : order) {
    const std::size_t before = taps.size();
    for (const std::int64_t tap : segment) {
      const StoredWord word = block.activations[static_cast<std::size_t>(tap)];
      if (word != 0) taps.push_back({block.weights + tap * block.tap_pitch, float16::value_of(word), false});
    }
    if (taps.size() > before) taps.back().ends_segment = true;
  }
  return taps;
}

/// Sums of `count` filters, whole vectors of them, from `first` on: a tap's weights are read in a row, while sums stay
/// in the inner cache.
template <class Adder, class Words>
HWY_INLINE void sum_live_taps(PsumForm form, const std::vector<LiveTap>& taps, const Words& numbers, std::size_t first,
                              Span<Word> psums) {
  const Floats d;
  const Adder adder;
  const std::size_t lanes = hn::Lanes(d);
  const std::size_t count = psums.size();
  std::vector<float> running(count, 0.0F);
  std::vector<float> sums(count, 0.0F);
  for (const LiveTap& tap : taps) {
    const FloatVector activation = hn::Set(d, tap.activation);
    const StoredWord* const weights = tap.weights + first;
    for (std::size_t f = 0; f < count; f += lanes) {
      hn::StoreU(adder.mac(activation, numbers(weights + f), hn::LoadU(d, sums.data() + f)), d, sums.data() + f);
    }
    if (!tap.ends_segment) continue;
    for (std::size_t f = 0; f < count; f += lanes) {
      hn::StoreU(adder.add(hn::LoadU(d, running.data() + f), hn::LoadU(d, sums.data() + f)), d, running.data() + f);
      hn::StoreU(hn::Zero(d), d, sums.data() + f);
    }
  }
  for (std::size_t f = 0; f < count; ++f) psums[f] = psum_word(form, running[f]);
}

/// The last filters, which fill no vector, are put behind each other with what follows them left out.
template <class Adder, class Words>
HWY_INLINE void sum_tap_major(PsumForm form, const TapMajorBlock& block, const AccumulationOrder& order,
                              const Words& numbers) {
  constexpr std::size_t kFilters = 1024;  // a multiple of every vector
  const std::size_t lanes = hn::Lanes(Floats());
  std::vector<LiveTap> taps = live_taps_in_order(block, order);
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

inline void SumTapMajorFloatProductsInOrder(PsumForm form, const TapMajorBlock& block, const FloatWeights& weights,
                                            const AccumulationOrder& order) {
  const auto sum = [&](const auto& numbers) HWY_ATTR {
    if (form == PsumForm::float32) return sum_tap_major<Adder32Float>(form, block, order, numbers);
    sum_tap_major<Adder16Float<true>>(form, block, order, numbers);
  };
  if (weights.numbers == nullptr) return sum(Float16Words());
  sum(TableWords{weights.numbers});
}

}  // namespace lacuna::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // LACUNA_HW_MAC_FLOAT_SUMS_INL_HPP

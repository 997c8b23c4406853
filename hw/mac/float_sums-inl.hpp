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

#include "hw/mac/float_adders-inl.hpp"
#include "hw/mac/float_sums.hpp"

HWY_BEFORE_NAMESPACE();
namespace lacuna::HWY_NAMESPACE {

/// The operands of a block as numbers of binary32; what is computed is that of PsumBlock.
struct FloatOperands {
  const float* activations = nullptr;  ///< from tap offset 0 on; as many behind the last one may be read too
  std::size_t words = 0;               ///< activations that count
  const float* weights = nullptr;      ///< filter by filter, tap by tap
};

/// Some psums, `filters` times `vectors` registers of them.
template <class Adder, std::size_t filters, std::size_t vectors>
struct FloatTile {
  FloatVector sums[filters][vectors];

  HWY_INLINE void clear() {
    for (auto& row : sums) {
      for (FloatVector& sum : row) sum = hn::Zero(Floats());
    }
  }
  HWY_INLINE void add(const FloatTile& segment) {
    for (std::size_t f = 0; f < filters; ++f) {
      for (std::size_t v = 0; v < vectors; ++v) sums[f][v] = Adder().add(sums[f][v], segment.sums[f][v]);
    }
  }
  /// Adds the products of one tap; `weights` lie `taps` apart.
  HWY_INLINE void add_tap(const float* from, const float* weights, std::size_t taps) {
    const Floats d;
    FloatVector activations[vectors];
    for (std::size_t v = 0; v < vectors; ++v) activations[v] = hn::LoadU(d, from + v * hn::Lanes(d));
    for (std::size_t f = 0; f < filters; ++f) {
      const FloatVector weight = hn::Set(d, weights[f * taps]);
      for (std::size_t v = 0; v < vectors; ++v) sums[f][v] = Adder().mac(activations[v], weight, sums[f][v]);
    }
  }
};

/// A block whose lanes are outputs that lie side by side.
template <class Adder>
struct LanesOfOutputs {
  PsumForm form;
  const PsumBlock& block;
  const FloatOperands& operands;
  const AccumulationOrder& order;

  HWY_INLINE void sum() const {
    constexpr std::size_t kFilters = 4;
    std::size_t filter = 0;
    for (; filter + kFilters <= block.filters; filter += kFilters) rows<kFilters>(filter);
    for (; filter < block.filters; ++filter) rows<1>(filter);
  }

 private:
  template <std::size_t filters>
  HWY_INLINE void rows(std::size_t filter) const {
    constexpr std::size_t kVectors = 2;
    const std::size_t lanes = hn::Lanes(Floats());
    std::size_t x = 0;
    for (; x + lanes < block.outputs; x += kVectors * lanes) tile<filters, kVectors>(filter, x);
    for (; x < block.outputs; x += lanes) tile<filters, 1>(filter, x);
  }

  template <std::size_t filters, std::size_t vectors>
  HWY_INLINE void tile(std::size_t filter, std::size_t x) const {
    const std::size_t lanes = hn::Lanes(Floats());
    const std::size_t taps = block.tap_offsets.size();
    FloatTile<Adder, filters, vectors> running;
    FloatTile<Adder, filters, vectors> sum;
    running.clear();
    const float* const weights = operands.weights + filter * taps;
    for (const auto& segment : order) {
      sum.clear();
      for (const std::int64_t tap : segment) {
        const auto t = static_cast<std::size_t>(tap);
        sum.add_tap(operands.activations + block.tap_offsets[t] + x, weights + t, taps);
      }
      running.add(sum);
    }
    for (std::size_t f = 0; f < filters; ++f) {
      Word* const psums = block.psums + static_cast<std::ptrdiff_t>(filter + f) * block.psum_pitch;
      for (std::size_t at = x, v = 0; v < vectors && at < block.outputs; ++v, at += lanes)
        store_psum_words(form, running.sums[f][v], psums + at, block.outputs - at);
    }
  }
};

/// A block whose lanes are filters, whose weights are put side by side: for fewer outputs than filters, and for
/// activations many of which are zero, whose taps are left out.
template <class Adder>
class LanesOfFilters {
 public:
  LanesOfFilters(PsumForm form, const PsumBlock& block, const FloatOperands& operands, const AccumulationOrder& order)
      : form_(form), block_(block), operands_(operands) {
    for (const auto& segment : order) {
      for (const std::int64_t tap : segment) {
        taps_.push_back(static_cast<std::size_t>(tap));
        offsets_.push_back(block.tap_offsets[taps_.back()]);
      }
      segment_ends_.push_back(taps_.size());
    }
    live_.resize(taps_.size() + 1);
    live_ends_.resize(segment_ends_.size());
    side_by_side_.resize(taps_.size() * lanes());
  }

  HWY_INLINE void sum() {
    for (std::size_t first = 0; first < block_.filters; first += lanes()) {
      const std::size_t count = std::min(lanes(), block_.filters - first);
      put_side_by_side(first, count);
      for (std::size_t x = 0; x < block_.outputs; ++x) {
        if (x % block_.row_pitch >= block_.counted) continue;
        list_live(operands_.activations + x);
        column(first, count, x);
      }
    }
  }

 private:
  /// What waits for the sum before it is the chain of additions of one psum: so many vectors hide the wait.
  static constexpr std::size_t kVectors = 4;
  static std::size_t lanes() { return kVectors * hn::Lanes(Floats()); }

  /// An activation that is not zero, as its code, and where the weights of its tap begin.
  struct Live {
    std::uint32_t activation;
    std::uint32_t weights;
  };

  void put_side_by_side(std::size_t first, std::size_t count) {
    constexpr std::size_t kTaps = 16;  // at a time: a line of the host's cache
    for (std::size_t from = 0; from < taps_.size(); from += kTaps) {
      for (std::size_t f = 0; f < count; ++f) {
        const float* const weights = operands_.weights + (first + f) * taps_.size();
        for (std::size_t i = from; i < std::min(from + kTaps, taps_.size()); ++i)
          side_by_side_[i * lanes() + f] = weights[taps_[i]];
      }
    }
  }

  /// Lists the taps that count at one output, without a branch for each: it would be foretold badly.
  void list_live(const float* activations) {
    Live* live = live_.data();
    std::size_t i = 0;
    const auto step = static_cast<std::uint32_t>(lanes());
    std::uint32_t weights = 0;
    for (std::size_t segment = 0; segment < segment_ends_.size(); ++segment) {
      for (const std::size_t end = segment_ends_[segment]; i < end; ++i, weights += step) {
        const std::uint32_t number = float16::float_to_bits(activations[offsets_[i]]);
        *live = {number, weights};
        live += number != 0 ? 1 : 0;
      }
      live_ends_[segment] = live;
    }
  }

  HWY_INLINE void column(std::size_t first, std::size_t count, std::size_t x) const {
    const Floats d;
    FloatTile<Adder, 1, kVectors> running;
    FloatTile<Adder, 1, kVectors> sum;
    running.clear();
    const Live* live = live_.data();
    for (const Live* const end : live_ends_) {
      sum.clear();
      for (; live != end; ++live) {
        const FloatVector activation = hn::Set(d, float16::bits_to_float(live->activation));
        const float* const weights = side_by_side_.data() + live->weights;
        for (std::size_t v = 0; v < kVectors; ++v) {
          sum.sums[0][v] = Adder().mac(activation, hn::LoadU(d, weights + v * hn::Lanes(d)), sum.sums[0][v]);
        }
      }
      running.add(sum);
    }
    HWY_ALIGN Word words[kVectors * hn::MaxLanes(Floats())];
    for (std::size_t v = 0; v < kVectors; ++v)
      store_psum_words(form_, running.sums[0][v], words + v * hn::Lanes(d), hn::Lanes(d));
    Word* psum = block_.psums + static_cast<std::ptrdiff_t>(first) * block_.psum_pitch + static_cast<std::ptrdiff_t>(x);
    for (std::size_t f = 0; f < count; ++f, psum += block_.psum_pitch) *psum = words[f];
  }

  PsumForm form_;
  const PsumBlock& block_;
  const FloatOperands& operands_;
  std::vector<std::size_t> taps_;  ///< in the order of the additions
  std::vector<std::int32_t> offsets_;
  std::vector<std::size_t> segment_ends_;
  std::vector<Live> live_;
  std::vector<const Live*> live_ends_;  ///< of segments
  std::vector<float> side_by_side_;
};

HWY_INLINE float largest_of(const std::vector<float>& weights) {
  const Floats d;
  const std::size_t lanes = hn::Lanes(d);
  const std::size_t whole = weights.size() / lanes * lanes;
  FloatVector largest = hn::Zero(d);
  for (std::size_t i = 0; i < whole; i += lanes) largest = hn::Max(largest, hn::Abs(hn::LoadU(d, weights.data() + i)));
  float result = hn::GetLane(hn::MaxOfLanes(d, largest));
  for (std::size_t i = whole; i < weights.size(); ++i) result = std::max(result, std::fabs(weights[i]));
  return result;
}

/// Whether so many activations are zero that leaving them out is faster.
HWY_INLINE bool pays_to_skip_zeros(const PsumBlock& block, const FloatOperands& operands) {
  constexpr std::size_t kFewestFilters = 32;
  if (block.filters < kFewestFilters) return false;
  std::size_t zeros = 0;
  for (std::size_t i = 0; i < operands.words; ++i) zeros += operands.activations[i] == 0.0F ? 1 : 0;
  return zeros * 3 > operands.words;
}

/// Whether some product or sum of the block may be beyond what binary16 holds. Rounding is monotonic: none is larger in
/// magnitude than what comes of the activations' magnitudes and the largest weight, added up in the same order.
inline bool may_saturate(const PsumBlock& block, const FloatOperands& operands, float largest_weight,
                         const AccumulationOrder& order) {
  std::vector<float> magnitudes(operands.words + PsumBlock::kReadAhead, 0.0F);
  for (std::size_t i = 0; i < operands.words; ++i) magnitudes[i] = std::fabs(operands.activations[i]);
  const std::vector<float> weights(block.tap_offsets.size(), largest_weight);
  std::vector<Word> psums(block.outputs);
  PsumBlock bounds = block;
  bounds.filters = 1;
  bounds.psums = psums.data();
  const FloatOperands of_bounds = {magnitudes.data(), operands.words, weights.data()};
  LanesOfOutputs<Adder16Float<true, Factors::any>>{PsumForm::float16, bounds, of_bounds, order}.sum();
  return *std::max_element(psums.begin(), psums.end()) >= float16::kLargestWord;
}

template <class Adder>
HWY_INLINE void sum_block(PsumForm form, const PsumBlock& block, const FloatOperands& operands,
                          const AccumulationOrder& order) {
  const bool few_outputs = block.outputs < block.filters && block.outputs < hn::Lanes(Floats());
  if (few_outputs || (form == PsumForm::float16 && pays_to_skip_zeros(block, operands)))
    return LanesOfFilters<Adder>(form, block, operands, order).sum();
  LanesOfOutputs<Adder>{form, block, operands, order}.sum();
}

template <Factors factors>
HWY_INLINE void sum_block16(const PsumBlock& block, const FloatOperands& operands, float largest_weight,
                            const AccumulationOrder& order) {
  if (may_saturate(block, operands, largest_weight, order))
    return sum_block<Adder16Float<true, factors>>(PsumForm::float16, block, operands, order);
  sum_block<Adder16Float<false, factors>>(PsumForm::float16, block, operands, order);
}

/// The numbers of a block's activations, each times the factor of the weights; behind them stand zeros.
inline std::vector<float> activations_of(const PsumBlock& block, const FloatWeights& weights) {
  const std::int32_t last = *std::max_element(block.tap_offsets.begin(), block.tap_offsets.end());
  const std::size_t words = static_cast<std::size_t>(last) + block.outputs;
  std::vector<float> numbers(words + PsumBlock::kReadAhead, 0.0F);
  to_numbers({block.activations, words}, Float16Words(), numbers.data());
  if (weights.factor == 1.0F) return numbers;
  const Floats d;
  for (std::size_t i = 0; i < words; i += hn::Lanes(d)) {
    const FloatVector product = hn::Mul(hn::LoadU(d, numbers.data() + i), hn::Set(d, weights.factor));
    hn::StoreU(Adder16Float<true, Factors::any>::rounded_product(product), d, numbers.data() + i);
  }
  return numbers;
}

/// The numbers of a block's weights, filter by filter.
inline std::vector<float> weights_of(const PsumBlock& block, const FloatWeights& weights) {
  const std::size_t taps = block.tap_offsets.size();
  std::vector<float> numbers(block.filters * taps);
  with_words(weights, [&](const auto& words) HWY_ATTR {
    for (std::size_t f = 0; f < block.filters; ++f) {
      const StoredWord* const from = block.weights + static_cast<std::ptrdiff_t>(f) * block.filter_pitch;
      to_numbers({from, taps}, words, numbers.data() + f * taps);
    }
  });
  return numbers;
}

inline void SumFloatProductsInOrder(PsumForm form, const PsumBlock& block, const FloatWeights& weights,
                                    const AccumulationOrder& order) {
  const std::vector<float> activations = activations_of(block, weights);
  const std::vector<float> numbers = weights_of(block, weights);
  const FloatOperands operands = {activations.data(), activations.size() - PsumBlock::kReadAhead, numbers.data()};
  if (form == PsumForm::float32) return sum_block<Adder32Float>(form, block, operands, order);
  if (weights.signs) return sum_block16<Factors::signs>(block, operands, 1.0F, order);
  sum_block16<Factors::any>(block, operands, largest_of(numbers), order);
}

}  // namespace lacuna::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // LACUNA_HW_MAC_FLOAT_SUMS_INL_HPP

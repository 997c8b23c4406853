// SPDX-License-Identifier: Apache-2.0
// Per-target part of float_sums.cpp: no include guard but Highway's own, which lets it in once per target.
#if defined(LACUNA_HW_MAC_FLOAT_ADDERS_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LACUNA_HW_MAC_FLOAT_ADDERS_INL_HPP
#undef LACUNA_HW_MAC_FLOAT_ADDERS_INL_HPP
#else
#define LACUNA_HW_MAC_FLOAT_ADDERS_INL_HPP
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <cstdint>
#include <vector>

#include "hw/base/arithmetic.hpp"
#include "hw/base/float16.hpp"
#include "hw/base/span.hpp"
#include "hw/mac/float_sums.hpp"

HWY_BEFORE_NAMESPACE();
namespace lacuna::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

using Floats = hn::ScalableTag<float>;
using FloatVector = hn::VFromD<Floats>;
using FloatBits = hn::RebindToSigned<Floats>;

// ---- Words and numbers.

/// The numbers of binary16 words.
struct Float16Words {
  HWY_INLINE FloatVector operator()(const StoredWord* words) const {
    const Floats d;
    const FloatBits integers;
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
    const FloatBits integers;
    const hn::Rebind<StoredWord, Floats> half;
    const auto word = hn::PromoteTo(integers, hn::LoadU(half, words));
    return hn::GatherIndex(Floats(), numbers, hn::And(word, hn::Set(integers, 255)));
  }
};

/// The same where the lowest bits alone say it, as many as tell the lanes of `registers` registers, 1 or 2, apart.
template <std::size_t registers>
struct RegisterWords {
  FloatVector numbers[registers];

  HWY_INLINE explicit RegisterWords(const float* from) {
    for (std::size_t i = 0; i < registers; ++i) numbers[i] = hn::LoadU(Floats(), from + i * hn::Lanes(Floats()));
  }
  HWY_INLINE FloatVector operator()(const StoredWord* words) const {
    const Floats d;
    const FloatBits integers;
    const hn::Rebind<StoredWord, Floats> half;
    const auto lanes = hn::Set(integers, static_cast<std::int32_t>(hn::Lanes(d)));
    const auto word = hn::PromoteTo(integers, hn::LoadU(half, words));
    const auto lane = hn::IndicesFromVec(d, hn::And(word, hn::Sub(lanes, hn::Set(integers, 1))));
    const FloatVector first = hn::TableLookupLanes(numbers[0], lane);
    if constexpr (registers == 1) return first;
    const auto upper = hn::RebindMask(d, hn::TestBit(word, lanes));
    return hn::IfThenElse(upper, hn::TableLookupLanes(numbers[registers - 1], lane), first);
  }
};

/// Calls `use` with what reads the weights' words.
template <class Use>
HWY_INLINE void with_words(const FloatWeights& weights, const Use& use) {
  const std::vector<float>& numbers = weights.numbers;
  if (numbers.empty()) return use(Float16Words());
  const auto repeats_after = [&](std::size_t count) {
    return std::equal(numbers.begin() + static_cast<std::ptrdiff_t>(count), numbers.end(), numbers.begin());
  };
  const std::size_t lanes = hn::Lanes(Floats());
  if (repeats_after(lanes)) return use(RegisterWords<1>(numbers.data()));
  if (repeats_after(2 * lanes)) return use(RegisterWords<2>(numbers.data()));
  use(TableWords{numbers.data()});
}

/// Writes the numbers of words.
template <class Words>
HWY_INLINE void to_numbers(Span<const StoredWord> words, const Words& read, float* numbers) {
  const Floats d;
  const std::size_t lanes = hn::Lanes(d);
  const std::size_t whole = words.size() / lanes * lanes;
  for (std::size_t i = 0; i < whole; i += lanes) hn::StoreU(read(words.data() + i), d, numbers + i);
  if (whole == words.size()) return;
  HWY_ALIGN StoredWord last_words[hn::MaxLanes(Floats())] = {};
  HWY_ALIGN float last_numbers[hn::MaxLanes(Floats())];
  std::copy(words.data() + whole, words.data() + words.size(), last_words);
  hn::Store(read(last_words), d, last_numbers);
  std::copy_n(last_numbers, words.size() - whole, numbers + whole);
}

/// Writes the psum words of numbers that the form has.
HWY_INLINE void store_psum_words(PsumForm form, FloatVector numbers, Word* psums, std::size_t count) {
  constexpr float kUnbias = 0x1p-112F;  // 1 / float16::kBias
  const Floats d;
  const FloatBits integers;
  const auto code = hn::BitCast(integers, hn::Mul(hn::Abs(numbers), hn::Set(d, kUnbias)));
  const auto magnitude = hn::ShiftRight<float16::kLostBits>(code);
  const auto sign = hn::BroadcastSignBit(hn::BitCast(integers, numbers));  // 0 or -1
  const auto half = hn::Sub(hn::Xor(magnitude, sign), sign);
  const auto words = form == PsumForm::float16 ? half : hn::BitCast(integers, numbers);
  if (count >= hn::Lanes(d)) return hn::StoreU(words, integers, psums);
  HWY_ALIGN Word lanes[hn::MaxLanes(Floats())];
  hn::Store(words, integers, lanes);
  std::copy_n(lanes, count, psums);
}

// ---- Additions.

/// In binary32. A product is exact, so that one rounding comes of a fused multiplication and addition too.
struct Adder32Float {
  HWY_INLINE FloatVector add(FloatVector a, FloatVector b) const { return hn::Add(a, b); }
  HWY_INLINE FloatVector mac(FloatVector a, FloatVector w, FloatVector sum) const { return hn::MulAdd(a, w, sum); }
};

/// What weights are as factors of binary16 numbers.
enum class Factors {
  any,
  signs,  ///< 0, 1 and -1, whose products need no rounding
};

/// Products and sums rounded to binary16, as float16::rounded does it. `saturates`: whether one can be too large.
template <bool saturates, Factors factors>
struct Adder16Float {
  static HWY_INLINE FloatVector limited(FloatVector x) {
    if constexpr (!saturates) return x;
    const FloatVector limit = hn::Set(Floats(), float16::kLargest);
    return hn::Min(hn::Max(x, hn::Neg(limit)), limit);
  }

  /// The highest power of two in a number, or 0.
  static HWY_INLINE FloatVector octave(FloatVector x) {
    constexpr std::int32_t kExponent = 0x7F800000;
    const FloatBits bits;
    return hn::BitCast(Floats(), hn::And(hn::BitCast(bits, x), hn::Set(bits, kExponent)));
  }

  /// The nearest to x of the numbers that lie 2^(e-10) apart, for an octave 2^e not below that of x: x is added to
  /// 1.5 x 2^(e+13), whose unit in the last place this is, and taken out of the sum again. Both steps may be fused:
  /// the product is exact.
  static HWY_INLINE FloatVector on_grid(FloatVector x, FloatVector octave) {
    const FloatVector factor = hn::Set(Floats(), 0x1.8p13F);
    return hn::NegMulAdd(octave, factor, hn::MulAdd(octave, factor, x));
  }

  static HWY_INLINE FloatVector rounded_product(FloatVector x) {
    constexpr std::int32_t kLowestNormal = (127 - 14) << 23;  // powers of two are ordered as their codes are
    const FloatBits bits;
    const auto normal = hn::Max(hn::BitCast(bits, octave(x)), hn::Set(bits, kLowestNormal));
    return limited(on_grid(x, hn::BitCast(Floats(), normal)));
  }

  /// A sum of binary16 numbers is a multiple of 2^-24: below the lowest normal number it needs no rounding, and a finer
  /// grid leaves it as it is.
  static HWY_INLINE FloatVector rounded_sum(FloatVector x) { return limited(on_grid(x, octave(x))); }

  HWY_INLINE FloatVector add(FloatVector a, FloatVector b) const { return rounded_sum(hn::Add(a, b)); }
  HWY_INLINE FloatVector mac(FloatVector a, FloatVector w, FloatVector sum) const {
    if constexpr (factors == Factors::signs) return rounded_sum(hn::MulAdd(a, w, sum));
    return add(sum, rounded_product(hn::Mul(a, w)));
  }
};

}  // namespace lacuna::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // LACUNA_HW_MAC_FLOAT_ADDERS_INL_HPP

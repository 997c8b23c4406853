// SPDX-License-Identifier: Apache-2.0
#include "hw/mac/code_sums.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "hw/mac/live_taps.hpp"

// This file is compiled once per set of vector instructions; the best one that the host has is chosen at run time.
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "hw/mac/code_sums.cpp"  // NOLINT(bugprone-suspicious-include)
#include <hwy/foreach_target.h>                    // IWYU pragma: keep
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace lacuna::HWY_NAMESPACE {

namespace hn = hwy::HWY_NAMESPACE;

/// The shifted products, modulo 2^32, of an activation and what each code is worth.
using CodeProducts = std::array<Word, kFewCodes>;

/// Lanes that products of all codes fill a whole number of vectors of.
using CodeLanes = hn::CappedTag<Word, kFewCodes>;

/// Products by code, in registers.
class ProductTable {
 public:
  using V = hn::VFromD<CodeLanes>;

  HWY_INLINE void load(const CodeProducts& products) {
    for (std::size_t part = 0; part < kParts; ++part)
      parts_[part] = hn::LoadU(CodeLanes(), products.data() + part * kLanes);
  }
  /// The products of codes that lie side by side.
  HWY_INLINE V of(const StoredWord* codes) const {
    const CodeLanes d;
    const V code = hn::And(hn::PromoteTo(d, hn::LoadU(hn::Rebind<StoredWord, CodeLanes>(), codes)), hn::Set(d, 0xFF));
    const auto lane = hn::IndicesFromVec(d, hn::And(code, hn::Set(d, static_cast<Word>(kLanes - 1))));
    const V part = hn::And(code, hn::Set(d, static_cast<Word>(~(kLanes - 1))));
    V products = hn::Zero(d);
    for (std::size_t p = 0; p < kParts; ++p) {
      const auto has = hn::Eq(part, hn::Set(d, static_cast<Word>(p * kLanes)));
      products = hn::IfThenElse(has, hn::TableLookupLanes(parts_[p], lane), products);
    }
    return products;
  }

 private:
  static constexpr std::size_t kLanes = hn::MaxLanes(CodeLanes());
  static constexpr std::size_t kParts = kFewCodes / kLanes;
  V parts_[kParts];
};

/// Adds the products of a group of taps with the filters [0, filters).
HWY_INLINE void add_products(const TapGroup& taps, const std::array<CodeProducts, kTapsAtOnce>& products,
                             std::size_t filters, std::uint32_t* sums) {
  const CodeLanes d;
  ProductTable tables[kTapsAtOnce];
  for (std::size_t t = 0; t < kTapsAtOnce; ++t) tables[t].load(products[t]);
  std::size_t f = 0;
  for (; f + hn::Lanes(d) <= filters; f += hn::Lanes(d)) {
    auto* const at = reinterpret_cast<Word*>(sums + f);
    auto sum = hn::LoadU(d, at);
    for (std::size_t t = 0; t < kTapsAtOnce; ++t) sum = hn::Add(sum, tables[t].of(taps.weights[t] + f));
    hn::StoreU(sum, d, at);
  }
  for (; f < filters; ++f) {
    for (std::size_t t = 0; t < kTapsAtOnce; ++t) {
      const auto code = static_cast<std::size_t>(taps.weights[t][f]) % 256;
      if (code < kFewCodes) sums[f] += static_cast<std::uint32_t>(products[t][code]);
    }
  }
}

void SumCodeProducts(const Arithmetic& arithmetic, Span<const Word> worths, const TapMajorBlock& block) {
  std::vector<std::uint32_t> sums(block.filters, 0);
  std::array<CodeProducts, kTapsAtOnce> products{};
  for (const TapGroup& taps : live_taps(block)) {
    for (std::size_t t = 0; t < kTapsAtOnce; ++t) {
      for (std::size_t code = 0; code < worths.size(); ++code) {
        const std::int64_t whole = std::int64_t{taps.activations[t]} * worths[code];
        products[t][code] = static_cast<Word>(shift_round(whole, arithmetic.product_shift));
      }
    }
    add_products(taps, products, block.filters, sums.data());
  }
  for (std::size_t f = 0; f < block.filters; ++f) {
    block.psums[f] = static_cast<Word>(wrap(static_cast<std::int64_t>(sums[f]), arithmetic.accumulator_bits));
  }
}

}  // namespace lacuna::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

namespace lacuna {

HWY_EXPORT(SumCodeProducts);

void sum_code_products(const Arithmetic& arithmetic, Span<const Word> worths, const TapMajorBlock& block) {
  HWY_DYNAMIC_DISPATCH(SumCodeProducts)(arithmetic, worths, block);
}

}  // namespace lacuna

#endif  // HWY_ONCE

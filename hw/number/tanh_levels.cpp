// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <string>

#include "hw/base/elementary.hpp"
#include "hw/base/error.hpp"
#include "hw/number/fixed_point.hpp"
#include "hw/number/number_format.hpp"

namespace lacuna {
namespace {

constexpr std::int64_t kMinBits = 2;
constexpr std::int64_t kMaxBits = 8;

/// Weights of k bits, 2 or more (Zhou et al., "DoReFa-Net", 2016): tanh(w), scaled to 0 .. 1 by its largest magnitude
/// and rounded to one of 2^k levels; level i stands for 2 i / (2^k - 1) - 1. Networks are trained for weights in -1 ..
/// 1: what a tensor's range was is forgotten. No level is zero.
class TanhLevels : public NumberFormat {
 public:
  EncodedTensor encode(Span<const float> values, const NumberParameters& parameters) const override {
    if (parameters.bits < kMinBits || parameters.bits > kMaxBits)
      fail_input("number format tanh_levels: found " + std::to_string(parameters.bits) + " bits; allowed 2 to 8");
    const std::int64_t top = (std::int64_t{1} << parameters.bits) - 1;
    EncodedTensor encoded;
    encoded.fraction_bits = parameters.bits;
    encoded.scales = {std::ldexp(1.0, static_cast<int>(parameters.bits)) / static_cast<double>(top)};
    for (std::int64_t level = 0; level <= top; ++level) encoded.codebook.push_back(static_cast<Word>(2 * level - top));
    const double largest = hyperbolic_tangent(max_magnitude(values));
    std::vector<StoredWord> words;
    words.reserve(values.size());
    for (const float value : values) {
      const double share = largest == 0.0 ? 0.5 : hyperbolic_tangent(value) / (2.0 * largest) + 0.5;
      words.push_back(static_cast<StoredWord>(round_half_even(share * static_cast<double>(top))));
    }
    encoded.words = std::move(words);
    return encoded;
  }
  std::int64_t bits_stored(std::int64_t count, const NumberParameters& parameters) const override {
    return count * parameters.bits;
  }
  std::int64_t min_bits() const override { return kMinBits; }
  std::int64_t max_bits() const override { return kMaxBits; }
  bool coded() const override { return true; }
  bool needs_training() const override { return true; }
};

const Registration<NumberFormat, TanhLevels> registered{"tanh_levels"};

}  // namespace
}  // namespace lacuna

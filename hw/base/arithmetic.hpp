// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace lacuna {

/// A data word as it moves through the machine: an activation, a weight or weight code, or a psum, sign-extended.
using Word = std::int32_t;

/// An activation, a weight or a weight code as it lies in memory: up to 16 bits, sign-extended.
using StoredWord = std::int16_t;

/// How a MAC turns exact products into psums. Part of what the values of a layer depend on.
struct Arithmetic {
  std::int64_t product_shift = 0;      ///< right shift of each exact product, rounding half up: (x + 2^(s-1)) >> s
  std::int64_t accumulator_bits = 16;  ///< width of a psum, two's complement, 2 to 32
  bool saturate = false;               ///< clamp each addition (order matters) instead of wrapping (order-free)

  bool operator==(const Arithmetic& o) const {
    return product_shift == o.product_shift && accumulator_bits == o.accumulator_bits && saturate == o.saturate;
  }
};

/// (x + 2^(s-1)) >> s; x itself for s = 0.
constexpr std::int64_t shift_round(std::int64_t x, std::int64_t s) {
  return s == 0 ? x : (x + (std::int64_t{1} << (s - 1))) >> s;
}

/// The value of the low `bits` bits of x as two's complement.
constexpr std::int64_t wrap(std::int64_t x, std::int64_t bits) {
  const int unused = static_cast<int>(64 - bits);
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(x) << unused) >> unused;
}

/// x clamped to the range of a two's complement number of `bits` bits.
constexpr std::int64_t clamp_to_bits(std::int64_t x, std::int64_t bits) {
  const std::int64_t high = (std::int64_t{1} << (bits - 1)) - 1;
  return x > high ? high : (x < -high - 1 ? -high - 1 : x);
}

/// Sum of a psum and another psum or shifted product, under the accumulator's width and overflow rule.
constexpr Word accumulate(const Arithmetic& a, std::int64_t psum, std::int64_t addend) {
  return static_cast<Word>(a.saturate ? clamp_to_bits(psum + addend, a.accumulator_bits)
                                      : wrap(psum + addend, a.accumulator_bits));
}

/// What stands between the last psum and the stored ofmap word: scale, bias, rounding, ReLU, saturation; or, where
/// ofmap words are levels, a comparison with their thresholds. psum and bias have the same binary point; `right_shift`
/// moves it to that of the ofmap (negative: a left shift).
struct PostArithmetic {
  /// Fraction bits of scales.
  static constexpr std::int64_t kScaleBits = 16;

  std::int64_t right_shift = 0;
  std::int64_t ofmap_bits = 16;
  bool relu = false;
  std::vector<std::int64_t> scales = {};      ///< of psums, without the bias: none, one, or one for each ofmap channel
  std::vector<std::int64_t> thresholds = {};  ///< of levels: ascending, in psum units; a sum at one is above it
  std::vector<StoredWord> words = {};         ///< the word by the number of thresholds that the sum is above
  bool mirrored = false;                      ///< the sum's magnitude is looked at, and its sign given to the word

  std::int64_t scaled(std::int64_t psum, std::int64_t channel) const {
    if (scales.empty()) return psum;
    return shift_round(psum * scales[scales.size() == 1 ? 0 : static_cast<std::size_t>(channel)], kScaleBits);
  }
};

/// The word of a sum where ofmap words are levels. A ReLU makes what is below zero zero.
inline Word level_of(const PostArithmetic& post, std::int64_t sum) {
  const std::int64_t from_zero = post.relu && sum < 0 ? 0 : sum;
  const std::int64_t looked_at = post.mirrored && from_zero < 0 ? -from_zero : from_zero;
  std::size_t passed = 0;
  while (passed < post.thresholds.size() && looked_at >= post.thresholds[passed]) ++passed;
  const Word word = post.words[passed];
  return post.mirrored && from_zero < 0 ? -word : word;
}

/// The ofmap word of a psum (value) and its channel's bias: ReLU(clamp(round(scaled psum + bias))), or its level.
inline Word post_process(const PostArithmetic& post, std::int64_t psum, std::int64_t bias, std::int64_t channel = 0) {
  const std::int64_t sum = post.scaled(psum, channel) + bias;
  if (!post.words.empty()) return level_of(post, sum);
  const std::int64_t scaled =
      post.right_shift >= 0 ? shift_round(sum, post.right_shift) : sum * (std::int64_t{1} << -post.right_shift);
  const std::int64_t word = clamp_to_bits(scaled, post.ofmap_bits);
  return static_cast<Word>(post.relu && word < 0 ? 0 : word);
}

}  // namespace lacuna

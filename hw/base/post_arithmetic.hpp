// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "hw/base/arithmetic.hpp"

namespace lacuna {

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
  std::vector<std::int64_t> thresholds = {};  ///< of levels: ascending, in units of a sum; a sum at one is above it
  std::vector<StoredWord> words = {};         ///< the word by the number of thresholds that the sum is above
  bool mirrored = false;                      ///< the sum's magnitude is looked at, and its sign given to the word
  PsumForm psum = PsumForm::integer;          ///< of a float form: the bias is a binary32 number, as its code
  std::int64_t psum_fraction_bits = 0;        ///< a psum is worth its number x 2^-psum_fraction_bits
  bool float_ofmap = false;                   ///< ofmap words are binary16 numbers
  std::int64_t fixed_fraction_bits = 0;       ///< of a float sum as an integer, before shift or thresholds

  std::int64_t bias_guard_bits = 0;  ///< fraction bits that a bias beside scales has more than a psum

  std::int64_t scale_of(std::int64_t channel) const {
    return scales[scales.size() == 1 ? 0 : static_cast<std::size_t>(channel)];
  }
  /// Fraction bits that a sum has more than a psum: a scaled psum is not rounded, so that its sign is that of the psum.
  std::int64_t guard_bits() const { return scales.empty() ? 0 : kScaleBits; }
  /// The sum of an integer psum and its bias.
  std::int64_t sum_of(std::int64_t psum, std::int64_t bias, std::int64_t channel) const {
    if (scales.empty()) return psum + bias;
    return psum * scale_of(channel) + bias * (std::int64_t{1} << (kScaleBits - bias_guard_bits));
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

/// The word of an integer sum: ReLU(clamp(round(sum))), or its level; `right_shift` is that of the sum.
inline Word integer_ofmap_word(const PostArithmetic& post, std::int64_t sum, std::int64_t right_shift) {
  if (!post.words.empty()) return level_of(post, sum);
  const std::int64_t scaled =
      right_shift >= 0 ? shift_round(sum, right_shift) : sum * (std::int64_t{1} << -right_shift);
  const std::int64_t word = clamp_to_bits(scaled, post.ofmap_bits);
  return static_cast<Word>(post.relu && word < 0 ? 0 : word);
}

/// A float psum with scale and bias, in binary32: one multiplication and one addition, each rounded.
inline float float_sum(const PostArithmetic& post, Word psum, Word bias, std::int64_t channel) {
  float sum = psum_value(post.psum, psum);
  if (post.psum_fraction_bits != 0) sum = std::ldexp(sum, static_cast<int>(-post.psum_fraction_bits));
  if (!post.scales.empty()) {
    constexpr float kUnit = 1.0F / (1 << PostArithmetic::kScaleBits);
    sum *= static_cast<float>(post.scale_of(channel)) * kUnit;
  }
  return sum + psum_value(PsumForm::float32, bias);
}

/// A float sum as an integer with the fraction bits that shift or thresholds take, to nearest, ties to even. It
/// saturates far beyond what any ofmap word holds.
inline std::int64_t fixed_sum(const PostArithmetic& post, double sum) {
  constexpr double kLargest = 0x1p40;
  const double scaled = std::ldexp(sum, static_cast<int>(post.fixed_fraction_bits));
  return static_cast<std::int64_t>(std::nearbyint(std::fmin(std::fmax(scaled, -kLargest), kLargest)));
}

/// The ofmap word of a psum (value) and its channel's bias: scale, bias, rounding, ReLU, saturation, or a level.
inline Word post_process(const PostArithmetic& post, std::int64_t psum, std::int64_t bias, std::int64_t channel = 0) {
  const bool float_psum = post.psum != PsumForm::integer;
  if (!float_psum && !post.float_ofmap) {
    return integer_ofmap_word(post, post.sum_of(psum, bias, channel), post.right_shift + post.guard_bits());
  }
  const double sum =
      float_psum ? static_cast<double>(float_sum(post, static_cast<Word>(psum), static_cast<Word>(bias), channel))
                 : std::ldexp(static_cast<double>(post.sum_of(psum, bias, channel)),
                              static_cast<int>(-post.psum_fraction_bits - post.guard_bits()));
  if (!post.float_ofmap) return integer_ofmap_word(post, fixed_sum(post, sum), post.right_shift);
  const Word word = float16::word_of(sum);
  return post.relu && word < 0 ? 0 : word;
}

}  // namespace lacuna

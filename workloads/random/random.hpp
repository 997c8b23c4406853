// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "hw/base/elementary.hpp"

namespace lacuna {

/// A sequence of random words that any of them can be asked for by its index: SplitMix64 (Steele, Lea, Flood, "Fast
/// splittable pseudorandom number generators", OOPSLA 2014) read as a function of the counter. The same on every host.
class RandomStream {
 public:
  explicit RandomStream(std::uint64_t key) : key_(key) {}

  /// 64 random bits.
  std::uint64_t bits(std::uint64_t index) const { return mix(key_ + (index + 1) * kStep); }
  /// Uniform on {1, 2, ..., 2^53} x 2^-53: never 0, so that its logarithm is finite.
  double unit(std::uint64_t index) const { return unit_of(bits(index)); }
  /// Uniform on {0, ..., bound - 1}, for bound in 1 .. 2^32.
  std::uint64_t below(std::uint64_t index, std::uint64_t bound) const { return ((bits(index) >> 32) * bound) >> 32; }

  /// unit() of given bits: uses the upper 53 of them, so that the lowest are free for something else.
  static double unit_of(std::uint64_t bits) { return static_cast<double>((bits >> 11) + 1) * 0x1p-53; }

  /// The finaliser of SplitMix64: a one-to-one scrambling of 64-bit words.
  static constexpr std::uint64_t mix(std::uint64_t x) {
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
  }

 private:
  static constexpr std::uint64_t kStep = 0x9e3779b97f4a7c15u;  ///< 2^64 over the golden ratio, odd
  std::uint64_t key_;
};

/// The key of the stream that belongs to a seed and a name (a layer's, a tensor's).
std::uint64_t stream_key(std::int64_t seed, const std::string& name);

/// The key of the stream that belongs to a seed and a number (an image's).
std::uint64_t stream_key(std::int64_t seed, std::int64_t number);

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include "hw/number/scaled_binary.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <string>

#include "hw/base/error.hpp"
#include "hw/number/fixed_point.hpp"

namespace lacuna {

std::vector<Span<const float>> parts_with_a_scale(Span<const float> values, std::int64_t filter_words) {
  const std::size_t words = filter_words == 0 ? values.size() : static_cast<std::size_t>(filter_words);
  std::vector<Span<const float>> parts;
  for (std::size_t first = 0; first < values.size(); first += words) parts.push_back(values.subspan(first, words));
  return parts;
}

double sum_of_magnitudes(Span<const float> values) {
  constexpr std::size_t kSums = 16;  // in turns, so that no addition waits for the one before it
  std::array<double, kSums> sums{};
  std::size_t i = 0;
  for (; i + kSums <= values.size(); i += kSums) {
    for (std::size_t s = 0; s < kSums; ++s) sums[s] += std::fabs(static_cast<double>(values[i + s]));
  }
  for (std::size_t s = 0; i < values.size(); ++i, ++s) sums[s] += std::fabs(static_cast<double>(values[i]));
  return std::accumulate(sums.begin(), sums.end(), 0.0);
}

std::int64_t fraction_bits_of_units(std::int64_t integer_bits) {
  constexpr std::int64_t kOctavesBelowLargest = 3;
  return kOctavesBelowLargest - (integer_bits - 1);
}

EncodedTensor ScaledBinary::encode(Span<const float> values, const NumberParameters& parameters) const {
  if (parameters.bits != 1)
    fail_input("number formats of signs: found " + std::to_string(parameters.bits) + " bits; allowed 1");
  max_magnitude(values);  // refuses what is not finite
  EncodedTensor encoded;
  encoded.codebook = {-1, 1};
  encoded.fraction_bits = fraction_bits_of_units(parameters.integer_bits);
  std::vector<StoredWord> words(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) words[i] = values[i] < 0.0F ? 0 : 1;
  encoded.words = std::move(words);
  if (scale_ == ScaleOf::none) return encoded;
  const std::int64_t filter_words = scale_ == ScaleOf::filter ? parameters.filter_words : 0;
  for (const Span<const float> part : parts_with_a_scale(values, filter_words)) {
    const double mean = sum_of_magnitudes(part) / static_cast<double>(part.size());
    encoded.scales.push_back(std::ldexp(mean, static_cast<int>(encoded.fraction_bits)));
  }
  return encoded;
}

std::int64_t ScaledBinary::bits_stored(std::int64_t count, const NumberParameters& parameters) const {
  constexpr std::int64_t kScaleBits = 32;
  if (scale_ == ScaleOf::none) return count;
  const std::int64_t scales =
      scale_ == ScaleOf::layer || parameters.filter_words == 0 ? 1 : count / parameters.filter_words;
  return count + scales * kScaleBits;
}

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <string>

#include "hw/base/error.hpp"
#include "hw/number/fixed_point.hpp"
#include "hw/number/scaled_binary.hpp"

namespace lacuna {
namespace {

/// Words -1, 0 and 1 with one scale for the layer (Li, Zhang, Liu, "Ternary Weight Networks", 2016): zero up to 0.7
/// times the mean magnitude, the scale the mean of the magnitudes above that.
class Ternary : public NumberFormat {
 public:
  EncodedTensor encode(Span<const float> values, const NumberParameters& parameters) const override {
    if (parameters.bits != 2)
      fail_input("number format ternary: found " + std::to_string(parameters.bits) + " bits; allowed 2");
    max_magnitude(values);  // refuses what is not finite
    EncodedTensor encoded;
    encoded.fraction_bits = fraction_bits_of_units(parameters.integer_bits);
    if (values.empty()) return encoded;
    const double threshold = 0.7 * sum_of_magnitudes(values) / static_cast<double>(values.size());
    std::vector<StoredWord> words(values.size(), 0);
    double sum = 0.0;
    std::int64_t above = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const double magnitude = std::fabs(static_cast<double>(values[i]));
      if (magnitude <= threshold) continue;
      words[i] = values[i] < 0.0F ? StoredWord{-1} : StoredWord{1};
      sum += magnitude;
      ++above;
    }
    encoded.words = std::move(words);
    const double scale = above == 0 ? 0.0 : sum / static_cast<double>(above);
    encoded.scales = {std::ldexp(scale, static_cast<int>(encoded.fraction_bits))};
    return encoded;
  }
  std::int64_t bits_stored(std::int64_t count, const NumberParameters& parameters) const override {
    constexpr std::int64_t kScaleBits = 32;
    return count * parameters.bits + kScaleBits;
  }
  std::int64_t min_bits() const override { return 2; }
  std::int64_t max_bits() const override { return 2; }
};

const Registration<NumberFormat, Ternary> registered{"ternary"};

}  // namespace
}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <string>

#include "hw/base/error.hpp"
#include "hw/number/fixed_point.hpp"
#include "hw/number/number_format.hpp"

namespace lacuna {
namespace {

/// Zero and two values of a layer, one positive and one negative, of different magnitudes (Zhu, Han, Mao, Dally,
/// "Trained Ternary Quantization", ICLR 2017): zero up to 0.05 of the largest magnitude. The two values are learned in
/// training; without it they are the means of what they stand for, as that is where the quantisation error is least.
/// Codes: 0 zero, 1 positive, 2 negative; the codebook holds fixed-point words of value_bits.
class TernaryAsymmetric : public NumberFormat {
 public:
  EncodedTensor encode(Span<const float> values, const NumberParameters& parameters) const override {
    if (parameters.bits != 2)
      fail_input("number format ternary_asymmetric: found " + std::to_string(parameters.bits) + " bits; allowed 2");
    EncodedTensor encoded;
    encoded.fraction_bits = parameters.value_bits - parameters.integer_bits;
    const double threshold = 0.05 * max_magnitude(values);
    std::vector<StoredWord> words(values.size(), 0);
    double sums[] = {0.0, 0.0};
    std::int64_t counts[] = {0, 0};
    for (std::size_t i = 0; i < values.size(); ++i) {
      const double value = values[i];
      if (std::fabs(value) <= threshold) continue;
      const std::size_t side = value > 0.0 ? 0 : 1;
      words[i] = static_cast<StoredWord>(side + 1);
      sums[side] += value;
      ++counts[side];
    }
    encoded.words = std::move(words);
    encoded.codebook = {0};
    for (const std::size_t side : {std::size_t{0}, std::size_t{1}}) {
      const double mean = counts[side] == 0 ? 0.0 : sums[side] / static_cast<double>(counts[side]);
      encoded.codebook.push_back(to_fixed_point(mean, parameters.value_bits, encoded.fraction_bits));
    }
    return encoded;
  }
  std::int64_t bits_stored(std::int64_t count, const NumberParameters& parameters) const override {
    return count * parameters.bits + 2 * parameters.value_bits;
  }
  std::int64_t min_bits() const override { return 2; }
  std::int64_t max_bits() const override { return 2; }
  bool coded() const override { return true; }
  bool needs_training() const override { return true; }
  bool chooses_value_bits() const override { return true; }
};

const Registration<NumberFormat, TernaryAsymmetric> registered{"ternary_asymmetric"};

}  // namespace
}  // namespace lacuna

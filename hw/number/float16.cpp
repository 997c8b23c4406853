// SPDX-License-Identifier: Apache-2.0
#include "hw/base/float16.hpp"

#include <string>

#include "hw/base/error.hpp"
#include "hw/number/fixed_point.hpp"
#include "hw/number/number_format.hpp"

namespace lacuna {
namespace {

constexpr std::int64_t kBits = 16;

/// IEEE 754-2008 binary16: sign, 5 bits of exponent, 10 of fraction, subnormal numbers, ties to even; what is too large
/// saturates at 65504. A word is the code of the magnitude with the number's sign (hw/base/float16.hpp).
class Float16 : public NumberFormat {
 public:
  EncodedTensor encode(Span<const float> values, const NumberParameters& parameters) const override {
    if (parameters.bits != kBits)
      fail_input("number format float16: found " + std::to_string(parameters.bits) + " bits; allowed 16");
    max_magnitude(values);  // refuses what is not finite
    EncodedTensor encoded;
    encoded.floating = true;
    std::vector<StoredWord> words(values.size());
    for (std::size_t i = 0; i < values.size(); ++i)
      words[i] = static_cast<StoredWord>(float16::word_of(static_cast<double>(values[i])));
    encoded.words = std::move(words);
    return encoded;
  }
  std::int64_t bits_stored(std::int64_t count, const NumberParameters& /*parameters*/) const override {
    return count * kBits;
  }
  std::int64_t min_bits() const override { return kBits; }
  std::int64_t max_bits() const override { return kBits; }
  bool elementwise() const override { return true; }
  bool for_activations() const override { return true; }
  bool floating() const override { return true; }
};

const Registration<NumberFormat, Float16> registered{"float16"};

}  // namespace
}  // namespace lacuna

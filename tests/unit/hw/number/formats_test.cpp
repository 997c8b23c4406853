// SPDX-License-Identifier: Apache-2.0
// What holds for every registered number format, at all its widths.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include "hw/base/error.hpp"
#include "hw/number/fixed_point.hpp"
#include "hw/number/number_format.hpp"
#include "tests/support/error_of.hpp"

namespace lacuna {
namespace {

constexpr double kLargest = 1.9;  // of the values below: 2 integer bits

NumberParameters parameters_of(std::int64_t bits) {
  NumberParameters parameters;
  parameters.bits = bits;
  parameters.integer_bits = 2;
  parameters.filter_words = 50;
  return parameters;
}

std::vector<float> values() {
  std::mt19937 random(3);
  std::vector<float> result{0.0F, static_cast<float>(kLargest), static_cast<float>(-kLargest)};
  while (result.size() < 200) {
    const double uniform = static_cast<double>(random()) / static_cast<double>(std::mt19937::max());
    result.push_back(static_cast<float>(kLargest * (2.0 * uniform - 1.0) * uniform));
  }
  return result;
}

double worth(const EncodedTensor& tensor, std::size_t i, std::int64_t filter_words) {
  double scale = tensor.scales.empty() ? 1.0 : tensor.scales[0];
  if (tensor.scales.size() > 1) scale = tensor.scales[i / static_cast<std::size_t>(filter_words)];
  return scale * tensor.worth(i);
}

class Formats : public testing::TestWithParam<std::string> {
 protected:
  const NumberFormat& format() const { return *Registry<NumberFormat>::instance().find(GetParam()); }

  template <class Visit>
  void for_widths(const Visit& visit) const {
    for (std::int64_t bits = format().min_bits(); bits <= format().max_bits(); ++bits) {
      SCOPED_TRACE(std::to_string(bits) + " bits");
      visit(parameters_of(bits));
    }
  }
};

TEST_P(Formats, KeepWordsWithinTheirBits) {
  for_widths([this](const NumberParameters& parameters) {
    const EncodedTensor tensor = format().encode(values(), parameters);
    const std::int64_t bits = format().word_bits(parameters);
    for (const StoredWord word : tensor.words) {
      if (format().coded()) {
        EXPECT_GE(word, 0);
        EXPECT_LT(word, std::int64_t{1} << bits);
        EXPECT_LT(static_cast<std::size_t>(word), tensor.codebook.size());
      } else if (!format().for_weights()) {
        EXPECT_GE(word, 0);
        EXPECT_LT(word, std::int64_t{1} << bits);
      } else {
        EXPECT_EQ(word, wrap(word, bits));
      }
    }
    for (const Word entry : tensor.codebook) EXPECT_EQ(entry, wrap(entry, 16)) << "a multiplier takes 16 bits";
  });
}

TEST_P(Formats, AreExactOnWhatTheyStandFor) {
  if (!format().for_weights() || GetParam() == "tanh_levels") return;  // which forgets the range of its tensor
  for_widths([this](const NumberParameters& parameters) {
    const EncodedTensor once = format().encode(values(), parameters);
    std::vector<float> stands_for;
    for (std::size_t i = 0; i < once.words.size(); ++i) {
      stands_for.push_back(static_cast<float>(worth(once, i, parameters.filter_words)));
    }
    const EncodedTensor twice = format().encode(stands_for, parameters);
    for (std::size_t i = 0; i < once.words.size(); ++i) {
      ASSERT_NEAR(worth(twice, i, parameters.filter_words), stands_for[i], 1e-5) << i;
    }
  });
}

TEST_P(Formats, HaveAllBinaryPointsBeforeTheyHaveValues) {
  for_widths([this](const NumberParameters& parameters) {
    EXPECT_EQ(format().encode(Span<const float>(), parameters).fraction_bits,
              format().encode(values(), parameters).fraction_bits);
  });
}

TEST_P(Formats, CountAtLeastTheBitsOfTheWords) {
  for_widths([this](const NumberParameters& parameters) {
    EXPECT_GE(format().bits_stored(1000, parameters), 1000 * format().word_bits(parameters));
    EXPECT_LE(format().bits_stored(1000, parameters), 1000 * format().word_bits(parameters) + 256 * 16 + 20 * 32);
  });
}

TEST_P(Formats, RefuseWidthsThatTheyDoNotHaveAndWhatIsNotFinite) {
  for (const std::int64_t bits : {format().min_bits() - 1, format().max_bits() + 1}) {
    EXPECT_THROW(format().encode(values(), parameters_of(bits)), Error) << bits;
  }
  if (!format().for_weights()) return;  // levels are asked for single values
  const float bad[] = {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity()};
  for (const float value : bad) {
    EXPECT_THROW(format().encode(std::vector<float>{1.0F, value}, parameters_of(format().max_bits())), Error);
  }
}

TEST_P(Formats, HaveLevelsInTheOrderOfTheirValues) {
  if (!format().for_activations()) return;
  for_widths([this](const NumberParameters& parameters) {
    const std::optional<ActivationLevels> levels = format().levels(parameters);
    if (!levels) return;
    ASSERT_EQ(levels->words.size(), levels->thresholds.size() + 1);
    for (std::size_t i = 1; i < levels->words.size(); ++i) {
      EXPECT_LT(levels->words[i - 1], levels->words[i]);
      EXPECT_LE(levels->worth_of(levels->words[i - 1]), levels->worth_of(levels->words[i]));
      const double at = levels->thresholds[i - 1].at;
      const double step = std::ldexp(1.0, -40);
      EXPECT_LE(levels->word_of(at - step), levels->words[i - 1]) << "tightness below the threshold";
      EXPECT_GE(levels->word_of(at + step), levels->words[i]) << "tightness above it";
      if (levels->mirrored) {
        EXPECT_EQ(levels->word_of(-at - step), -levels->word_of(at + step));
      }
    }
  });
}

/// With i integer bits, from 0.75 x 2^(i - 2) to below 0.75 x 2^i.
TEST(PowerOfTwo, TakesTheMagnitudesThatItsMessageAllows) {
  const NumberFormat& format = *Registry<NumberFormat>::instance().find("power_of_two");
  NumberParameters parameters;
  parameters.bits = 4;
  parameters.integer_bits = 2;
  const auto encoded = [&](float largest) {
    const std::vector<float> values{0.0F, largest};
    return error_of([&] { format.encode(values, parameters); });
  };
  const char* const refused = "; allowed from 0.75 x 2^0 to below 0.75 x 2^2, for the range of 2 integer bits stated";
  EXPECT_EQ(encoded(0.75F), "no error");
  EXPECT_EQ(encoded(2.999F), "no error");
  EXPECT_EQ(encoded(0.5F), std::string("number format power_of_two: found a largest magnitude of 0.500000") + refused);
  EXPECT_EQ(encoded(3.0F), std::string("number format power_of_two: found a largest magnitude of 3.000000") + refused);
}

INSTANTIATE_TEST_SUITE_P(Number, Formats, testing::ValuesIn(Registry<NumberFormat>::instance().names()),
                         [](const auto& number) { return number.param; });

}  // namespace
}  // namespace lacuna

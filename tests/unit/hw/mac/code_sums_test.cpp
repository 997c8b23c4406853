// SPDX-License-Identifier: Apache-2.0
#include "hw/mac/code_sums.hpp"

#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "tests/support/vector_instructions.hpp"

namespace lacuna {
namespace {

/// What the operands of a layer are drawn from.
struct Draw {
  std::size_t filters = 1;
  std::size_t taps = 1;
  std::size_t entries = 16;     ///< of the codebook
  double density = 1;           ///< of codes and activations
  std::size_t other_codes = 0;  ///< codes past the codebook that occur too
};

/// Codes tap by tap, activations and a codebook, and the definition of their psums, one addition after the other.
struct RandomCodes {
  RandomCodes(const Draw& draw, bool extremes, std::uint32_t seed) : filters(draw.filters) {
    std::mt19937 random(seed);
    const auto word = [&] {
      if (extremes) return static_cast<StoredWord>(random() % 2 == 0 ? -32768 : 32767);
      return static_cast<StoredWord>(random());
    };
    const auto live = [&] { return static_cast<double>(random()) * 0x1p-32 < draw.density; };
    for (std::size_t code = 0; code < draw.entries; ++code) worths.push_back(word());
    for (std::size_t tap = 0; tap < draw.taps; ++tap) activations.push_back(live() ? word() : StoredWord{0});
    for (std::size_t i = 0; i < draw.taps * draw.filters; ++i) {
      codes.push_back(static_cast<StoredWord>(live() ? random() % (draw.entries + draw.other_codes) : 0));
    }
  }
  std::vector<Word> sums(const Arithmetic& arithmetic) const {
    std::vector<Word> psums(filters, 12345);
    TapMajorBlock block;
    block.activations = activations;
    block.weights = codes.data();
    block.tap_pitch = static_cast<std::ptrdiff_t>(filters);
    block.filters = filters;
    block.psums = psums.data();
    sum_code_products(arithmetic, worths, block);
    return psums;
  }
  std::vector<Word> expected(const Arithmetic& arithmetic) const {
    std::vector<Word> psums(filters, 0);
    for (std::size_t i = 0; i < codes.size(); ++i) {
      const auto code = static_cast<std::size_t>(codes[i]) % 256;
      const std::int64_t worth = code < worths.size() ? worths[code] : 0;
      Word& psum = psums[i % filters];
      psum = accumulate(arithmetic, psum, shift_round(activations[i / filters] * worth, arithmetic.product_shift));
    }
    return psums;
  }

  std::size_t filters;
  std::vector<Word> worths;
  std::vector<StoredWord> activations;
  std::vector<StoredWord> codes;  ///< tap by tap
};

class CodeSums : public VectorInstructions {};

TEST_P(CodeSums, SumWhatSingleAdditionsSumForEveryCodebookAndSize) {
  std::uint32_t seed = 1;
  for (const std::size_t filters : {1, 7, 15, 16, 17, 33, 130}) {
    for (const std::size_t taps : {1, 7, 8, 9, 40}) {
      for (const std::size_t entries : {1, 2, 4, 5, 15, 16}) {
        for (const double density : {0.1, 1.0}) {
          const Arithmetic arithmetic{seed % 31, 2 + seed % 31, false};
          const RandomCodes random({filters, taps, entries, density, 0}, seed % 5 == 0, seed);
          ASSERT_EQ(random.sums(arithmetic), random.expected(arithmetic))
              << "filters " << filters << ", taps " << taps << ", entries " << entries << ", density " << density
              << ", shift " << arithmetic.product_shift << ", accumulator bits " << arithmetic.accumulator_bits;
          ++seed;
        }
      }
    }
  }
}

TEST_P(CodeSums, AreNothingForCodesPastTheCodebookAndOfTheLowByteForWiderOnes) {
  for (const std::size_t entries : {1, 5, 16}) {
    // Up to 239 codes past the codebook, then those whose low byte is one of it again.
    for (const std::size_t others : {4, 239, 1000, 30000}) {
      const RandomCodes random({37, 20, entries, 1.0, others}, false, static_cast<std::uint32_t>(others + entries));
      const Arithmetic arithmetic{3, 32, false};
      ASSERT_EQ(random.sums(arithmetic), random.expected(arithmetic)) << entries << " entries, " << others << " others";
    }
  }
}

TEST_P(CodeSums, AreZeroWithoutTapsOrWithoutActivationsOrWithoutWeights) {
  const Arithmetic arithmetic{1, 16, false};
  const std::vector<Word> zeros(37, 0);
  EXPECT_EQ(RandomCodes({37, 0}, false, 1).sums(arithmetic), zeros);
  RandomCodes no_activations({37, 20}, false, 2);
  no_activations.activations.assign(20, 0);
  EXPECT_EQ(no_activations.sums(arithmetic), zeros);
  RandomCodes no_weights({37, 20}, false, 3);
  no_weights.worths[0] = 0;
  no_weights.codes.assign(no_weights.codes.size(), 0);
  EXPECT_EQ(no_weights.sums(arithmetic), zeros);
  EXPECT_TRUE(RandomCodes({0, 20}, false, 4).sums(arithmetic).empty());
}

INSTANTIATE_TEST_SUITE_P(Host, CodeSums, every_vector_instruction_set(), name_of_instruction_set);

}  // namespace
}  // namespace lacuna

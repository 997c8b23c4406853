// SPDX-License-Identifier: Apache-2.0
// As in hw/mac/sign_sums.cpp: a set of instructions more than other tests have.
#define HWY_WANT_AVX3_DL

#include "hw/mac/sign_sums.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "hw/base/arithmetic.hpp"
#include "tests/support/vector_instructions.hpp"

namespace lacuna {
namespace {

struct Size {
  std::size_t filters;
  std::size_t outputs;
  std::size_t channels;
  std::size_t channel_taps;
  std::size_t taps() const { return channels * channel_taps; }
};

/// Activations: signs for 0 bits, levels of `bits` bits otherwise; a share of them is zero, as padding is.
struct Draw {
  std::size_t bits = 0;
  double zeros = 0.2;
};

/// A block of random signs and activations, and the definition of its psums, one addition after the other.
class RandomSigns {
 public:
  RandomSigns(const Size& size, const Draw& draw, std::uint32_t seed) : size_(size), codes(size.filters * size.taps()) {
    std::mt19937 random(seed);
    // One window's taps lie side by side; of many, a channel's lie anywhere, and channels have words between them.
    const std::size_t reach = size.outputs == 1 ? size.channel_taps : size.channel_taps + 3;
    const std::size_t stride = size.outputs == 1 ? size.channel_taps : reach + size.outputs + 5;
    std::vector<std::int32_t> places;
    for (std::size_t tap = 0; tap < reach; ++tap) places.push_back(static_cast<std::int32_t>(tap));
    if (size.outputs > 1) std::shuffle(places.begin(), places.end(), random);
    for (std::size_t tap = 0; tap < size.taps(); ++tap) {
      offsets.push_back(places[tap % size.channel_taps] + static_cast<std::int32_t>(tap / size.channel_taps * stride));
    }
    activations.assign(size.channels * stride + size.outputs, 0);
    for (StoredWord& word : activations) {
      const bool zero = static_cast<double>(random()) * 0x1p-32 < draw.zeros;
      const auto sign = static_cast<StoredWord>(random() % 2 == 0 ? -1 : 1);
      const auto level = static_cast<StoredWord>(random() % (1U << draw.bits));
      if (!zero) word = draw.bits == 0 ? sign : level;
    }
    activations.insert(activations.end(), PsumBlock::kReadAhead, 12345);
    for (StoredWord& code : codes) code = static_cast<StoredWord>(random() % 2);
  }

  PsumBlock block(std::vector<Word>& psums) const {
    PsumBlock block;
    block.activations = activations.data();
    block.tap_offsets = offsets;
    block.channel_taps = size_.channel_taps;
    block.weights = codes.data();
    block.filter_pitch = static_cast<std::ptrdiff_t>(size_.taps());
    block.filters = size_.filters;
    block.outputs = size_.outputs;
    psums.assign(size_.filters * size_.outputs, 12345);
    block.psums = psums.data();
    block.psum_pitch = static_cast<std::ptrdiff_t>(size_.outputs);
    return block;
  }

  std::vector<Word> expected(std::int64_t accumulator_bits) const {
    std::vector<Word> psums;
    for (std::size_t f = 0; f < size_.filters; ++f) {
      for (std::size_t x = 0; x < size_.outputs; ++x) {
        std::int64_t sum = 0;
        for (std::size_t tap = 0; tap < size_.taps(); ++tap) {
          const Word activation = activations[static_cast<std::size_t>(offsets[tap]) + x];
          sum += codes[f * size_.taps() + tap] == 0 ? -activation : activation;
        }
        psums.push_back(static_cast<Word>(wrap(sum, accumulator_bits)));
      }
    }
    return psums;
  }

 private:
  Size size_;

 public:
  std::vector<std::int32_t> offsets;
  std::vector<StoredWord> activations;
  std::vector<StoredWord> codes;
};

/// Around groups of 16 channels, vectors, tiles, and the 31 words that a byte counts the ones of; a window at the end.
const Size kSizes[] = {{1, 2, 1, 1},    {4, 31, 16, 1},  {5, 32, 17, 9},  {9, 33, 15, 25}, {3, 65, 33, 4},
                       {4, 129, 48, 7}, {6, 130, 3, 9},  {2, 7, 64, 121}, {8, 200, 31, 2}, {7, 3, 500, 1},
                       {1, 1, 1, 1},    {5, 1, 15, 1},   {5, 1, 16, 1},   {3, 1, 17, 1},   {4, 1, 512, 1},
                       {2, 1, 57, 9},   {3, 1, 16383, 1}};

class SignSums : public VectorInstructions {};

TEST_P(SignSums, SumWhatSingleAdditionsSumForEverySizeWidthAndKindOfActivation) {
  std::uint32_t seed = 1;
  for (const Size& size : kSizes) {
    for (const double zeros : {0.0, 0.2, 0.9, 1.0}) {
      for (std::size_t bits = 0; bits <= kMostPlanes; ++bits) {
        if ((size.taps() << bits) >= 65536) continue;
        const std::int64_t accumulator_bits = 2 + seed % 31;
        const RandomSigns random(size, {bits, zeros}, seed++);
        std::vector<Word> psums;
        ASSERT_TRUE(sum_signs(accumulator_bits, random.block(psums)));
        ASSERT_EQ(psums, random.expected(accumulator_bits))
            << "filters " << size.filters << ", outputs " << size.outputs << ", channels " << size.channels
            << ", taps of a channel " << size.channel_taps << ", level bits " << bits << ", zeros " << zeros
            << ", accumulator bits " << accumulator_bits;
      }
    }
  }
}

TEST_P(SignSums, WrapAtEveryWidthOfTheAccumulator) {
  for (const Size& size : {Size{3, 40, 40, 9}, Size{3, 1, 360, 1}}) {
    for (std::int64_t accumulator_bits = 2; accumulator_bits <= 32; ++accumulator_bits) {
      for (const std::size_t bits : {0, 2}) {
        RandomSigns random(size, {bits, 0.0}, static_cast<std::uint32_t>(accumulator_bits));
        // A filter that agrees with all there is, one that agrees with nothing: sums of 360 and -360 and more.
        std::fill_n(random.codes.begin(), size.taps(), StoredWord{1});
        std::fill_n(random.codes.begin() + static_cast<std::ptrdiff_t>(size.taps()), size.taps(), StoredWord{0});
        std::replace(random.activations.begin(), random.activations.end(), StoredWord{-1}, StoredWord{1});
        random.activations[3] = static_cast<StoredWord>(bits == 0 ? -1 : 3);
        std::vector<Word> psums;
        ASSERT_TRUE(sum_signs(accumulator_bits, random.block(psums)));
        ASSERT_EQ(psums, random.expected(accumulator_bits)) << accumulator_bits << " bits";
      }
    }
  }
}

/// 1 - 1 + 1 ... over 37 taps, less the one that is padding: it is worth nothing, under either sign of its weight.
TEST_P(SignSums, CountNothingForPaddingAtAnyPlace) {
  for (const Size& size : {Size{2, 1, 37, 1}, Size{2, 5, 37, 1}}) {
    for (std::size_t tap = 0; tap < size.taps(); ++tap) {
      RandomSigns random(size, {0, 0.0}, static_cast<std::uint32_t>(tap));
      for (std::size_t other = 0; other < size.taps(); ++other)
        random.codes[size.taps() + other] = 1 - random.codes[other];
      for (std::size_t x = 0; x < size.outputs; ++x) {
        random.activations[static_cast<std::size_t>(random.offsets[tap]) + x] = 0;
      }
      std::vector<Word> psums;
      ASSERT_TRUE(sum_signs(16, random.block(psums)));
      ASSERT_EQ(psums, random.expected(16)) << "padding at tap " << tap << ", outputs " << size.outputs;
      for (std::size_t x = 0; x < size.outputs; ++x) ASSERT_EQ(psums[x], -psums[size.outputs + x]);
    }
  }
}

TEST_P(SignSums, SumTheSameOfSignsThatArePackedAlready) {
  for (const std::size_t taps : {1, 15, 16, 17, 511, 512, 513, 1024, 9216}) {
    for (const std::size_t bits : {0, 2}) {
      const Size size{5, 1, taps, 1};
      const RandomSigns random(size, {bits, 0.3}, static_cast<std::uint32_t>(taps));
      const std::vector<StoredWord> signs = signs_of(random.codes, 5);
      ASSERT_EQ(signs.size(), 5 * sign_words(taps));
      const std::vector<StoredWord> no_codes(random.codes.size(), 7);
      std::vector<Word> psums;
      PsumBlock block = random.block(psums);
      block.weights = no_codes.data();  // not looked at
      block.signs = signs.data();
      ASSERT_TRUE(sum_signs(20, block));
      ASSERT_EQ(psums, random.expected(20)) << taps << " taps, level bits " << bits;
    }
  }
}

TEST_P(SignSums, PackSixteenTapsToAWordTheFirstLowestAndEachFilterFromAWordOn) {
  std::vector<StoredWord> codes(2 * 18, 0);
  codes[0] = codes[2] = codes[16] = codes[18 + 15] = codes[18 + 17] = 1;
  // Filter 0: taps 0 and 2, 1 + 4; tap 16, 1. Filter 1: tap 15, -2^15; tap 17, 2.
  EXPECT_EQ(signs_of(codes, 2), (std::vector<StoredWord>{5, 1, -32768, 2}));
  codes[7] = 2;
  EXPECT_TRUE(signs_of(codes, 2).empty());
}

TEST_P(SignSums, TakeNoBlockThatIsNotOneOfSigns) {
  for (const Size& size : {Size{4, 40, 20, 9}, Size{4, 1, 180, 1}}) {
    const auto takes = [&](auto change) {
      RandomSigns random(size, {}, 1);
      change(random);
      std::vector<Word> psums;
      return sum_signs(16, random.block(psums));
    };
    EXPECT_TRUE(takes([](RandomSigns&) {}));
    EXPECT_FALSE(takes([](RandomSigns& r) { r.codes.back() = 2; }));
    EXPECT_FALSE(takes([](RandomSigns& r) { r.codes.front() = -1; }));
    EXPECT_FALSE(takes([](RandomSigns& r) { r.activations[4] = -2; }));
    EXPECT_FALSE(takes([](RandomSigns& r) { r.activations[4] = 2; }));  // among signs
    EXPECT_FALSE(takes([](RandomSigns& r) {
      std::fill(r.activations.begin(), r.activations.end(), StoredWord{0});
      r.activations[4] = 16;  // a level of 5 bits
    }));
    if (size.outputs == 1) continue;
    EXPECT_FALSE(takes([](RandomSigns& r) { --r.offsets.back(); }));
  }
}

/// All but the one without vectors, where sums are those of products.
std::vector<std::int64_t> sets_with_vectors() {
  std::vector<std::int64_t> sets;
  for (const std::int64_t set : hwy::SupportedAndGeneratedTargets()) {
    if (set != HWY_SCALAR) sets.push_back(set);
  }
  return sets;
}

INSTANTIATE_TEST_SUITE_P(Host, SignSums, testing::ValuesIn(sets_with_vectors()), name_of_instruction_set);

}  // namespace
}  // namespace lacuna

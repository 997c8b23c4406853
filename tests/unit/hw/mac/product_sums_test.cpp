// SPDX-License-Identifier: Apache-2.0
#include "hw/mac/product_sums.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "tests/support/vector_instructions.hpp"

namespace lacuna {
namespace {

/// A block of random operands, and the definition of its psums in 64 bits, one addition after the other.
class RandomBlock {
 public:
  struct Size {
    std::size_t filters;
    std::size_t outputs;
    std::size_t taps;
  };

  RandomBlock(const Size& size, std::int64_t weight_bits, bool extremes, std::uint32_t seed)
      : size_(size),
        activations_(size.outputs + size.taps + PsumBlock::kReadAhead),
        weights_(size.filters * size.taps) {
    std::mt19937 random(seed);
    const auto word = [&](std::int64_t bits) {
      const std::int64_t low = -(std::int64_t{1} << (bits - 1));
      if (extremes) return static_cast<StoredWord>(random() % 2 == 0 ? low : -low - 1);
      return static_cast<StoredWord>(wrap(static_cast<std::int64_t>(random()), bits));
    };
    for (StoredWord& a : activations_) a = word(16);
    for (StoredWord& w : weights_) w = word(weight_bits);
    for (std::size_t tap = 0; tap < size.taps; ++tap) offsets_.push_back(static_cast<std::int32_t>(tap));
    if (size.outputs > 1) std::shuffle(offsets_.begin(), offsets_.end(), random);
  }

  PsumBlock block(std::vector<Word>& psums) const {
    PsumBlock block;
    block.activations = activations_.data();
    block.tap_offsets = offsets_;
    block.weights = weights_.data();
    block.filter_pitch = static_cast<std::ptrdiff_t>(size_.taps);
    block.filters = size_.filters;
    block.outputs = size_.outputs;
    psums.assign(size_.filters * size_.outputs, 12345);
    block.psums = psums.data();
    block.psum_pitch = static_cast<std::ptrdiff_t>(size_.outputs);
    return block;
  }

  /// The same weights tap by tap, and the activations of the one output; every third is zero.
  TapMajorBlock by_tap(std::vector<StoredWord>& weights, std::vector<Word>& psums) {
    for (std::size_t tap = 0; tap < size_.taps; tap += 3) activations_[tap] = 0;
    for (std::size_t tap = 0; tap < size_.taps; ++tap) {
      for (std::size_t f = 0; f < size_.filters; ++f) weights.push_back(weights_[f * size_.taps + tap]);
    }
    psums.assign(size_.filters, 12345);
    TapMajorBlock block;
    block.activations = {activations_.data(), size_.taps};
    block.weights = weights.data();
    block.tap_pitch = static_cast<std::ptrdiff_t>(size_.filters);
    block.filters = size_.filters;
    block.psums = psums.data();
    return block;
  }

  /// Taps in two segments, each from its end to its beginning.
  AccumulationOrder order() const {
    AccumulationOrder order(2);
    for (std::size_t tap = size_.taps; tap-- > 0;) {
      order[tap < size_.taps / 3 ? 0 : 1].push_back(static_cast<std::int64_t>(tap));
    }
    return order;
  }

  std::vector<Word> expected(const Arithmetic& a, const AccumulationOrder& order) const {
    std::vector<Word> psums;
    for (std::size_t f = 0; f < size_.filters; ++f) {
      for (std::size_t x = 0; x < size_.outputs; ++x) {
        Word running = 0;
        for (const auto& segment : order) {
          Word sum = 0;
          for (const std::int64_t t : segment) {
            const auto tap = static_cast<std::size_t>(t);
            const std::int64_t product = std::int64_t{activations_[static_cast<std::size_t>(offsets_[tap]) + x]} *
                                         weights_[f * size_.taps + tap];
            sum = accumulate(a, sum, shift_round(product, a.product_shift));
          }
          running = accumulate(a, running, sum);
        }
        psums.push_back(running);
      }
    }
    return psums;
  }

 private:
  Size size_;
  std::vector<StoredWord> activations_;
  std::vector<StoredWord> weights_;
  std::vector<std::int32_t> offsets_;
};

/// The sizes around those of tiles and vectors, and the two shapes of fc layers.
const RandomBlock::Size kSizes[] = {{1, 1, 1},  {5, 1, 70},  {3, 1, 513}, {1, 7, 3},   {4, 64, 5},
                                    {6, 65, 9}, {9, 130, 4}, {2, 3, 40},  {21, 2, 11}, {4, 129, 1}};

class ProductSums : public VectorInstructions {};

TEST_P(ProductSums, SumWhatSingleAdditionsSumUnderEveryShiftAndWidth) {
  std::uint32_t seed = 1;
  for (const RandomBlock::Size& size : kSizes) {
    for (std::int64_t shift = 0; shift <= 30; ++shift) {
      for (const std::int64_t bits : {2, 8, 15, 16, 17, 24, 32}) {
        ++seed;
        // Weights of 16 bits fill the multiplier; narrower ones leave room to be shifted.
        const std::int64_t weight_bits = std::min<std::int64_t>(16, 2 + (seed % 3) * 7);
        const RandomBlock random(size, weight_bits, seed % 5 == 0, seed);
        const Arithmetic arithmetic{shift, bits, false};
        std::vector<Word> psums;
        sum_products(arithmetic, random.block(psums));
        ASSERT_EQ(psums, random.expected(arithmetic, random.order()))
            << "shift " << shift << ", accumulator bits " << bits << ", filters " << size.filters << ", outputs "
            << size.outputs << ", taps " << size.taps << ", weight bits " << weight_bits;
      }
    }
  }
}

TEST_P(ProductSums, SumTheSameWhereWeightsLieTapByTap) {
  std::uint32_t seed = 500;
  for (const std::size_t filters : {1, 7, 8, 31, 32, 33, 130}) {
    for (const std::size_t taps : {1, 3, 12, 13, 50}) {
      for (std::int64_t shift = 0; shift <= 30; ++shift) {
        for (const std::int64_t bits : {2, 16, 17, 32}) {
          ++seed;
          RandomBlock random({filters, 1, taps}, seed % 2 == 0 ? 16 : 9, seed % 5 == 0, seed);
          const Arithmetic arithmetic{shift, bits, false};
          std::vector<StoredWord> weights;
          std::vector<Word> psums;
          sum_products(arithmetic, random.by_tap(weights, psums));
          ASSERT_EQ(psums, random.expected(arithmetic, random.order()))
              << "shift " << shift << ", accumulator bits " << bits << ", filters " << filters << ", taps " << taps;
        }
      }
    }
  }
}

TEST_P(ProductSums, AddInTheOrderOfTheMachine) {
  std::uint32_t seed = 1000;
  for (const RandomBlock::Size& size : kSizes) {
    for (const bool saturate : {false, true}) {
      for (const std::int64_t shift : {0, 1, 9, 15, 16, 17, 30}) {
        for (const std::int64_t bits : {2, 11, 16, 31}) {
          ++seed;
          const RandomBlock random(size, 16, seed % 5 == 0, seed);
          const Arithmetic arithmetic{shift, bits, saturate};
          std::vector<Word> psums;
          sum_products_in_order(arithmetic, random.block(psums), random.order());
          ASSERT_EQ(psums, random.expected(arithmetic, random.order()))
              << "shift " << shift << ", accumulator bits " << bits << ", saturate " << saturate;
        }
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Host, ProductSums, every_vector_instruction_set(), name_of_instruction_set);

}  // namespace
}  // namespace lacuna

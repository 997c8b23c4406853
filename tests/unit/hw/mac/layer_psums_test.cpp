// SPDX-License-Identifier: Apache-2.0
#include "hw/mac/layer_psums.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <string>

#include "hw/mac/sign_sums.hpp"
#include "tests/support/error_of.hpp"

namespace lacuna {
namespace {

std::unique_ptr<Mac> set_up(const Arithmetic& a) {
  return Registry<MacDatapath>::instance().find("bit_parallel")->set_up({a, {}});
}

using Words = std::vector<StoredWord>;

Words random_words(std::int64_t count, std::int64_t bits, std::mt19937& random) {
  Words words(static_cast<std::size_t>(count));
  for (StoredWord& w : words) w = static_cast<StoredWord>(wrap(static_cast<std::int64_t>(random()), bits));
  return words;
}

AccumulationOrder one_segment(const LayerShape& s) {
  AccumulationOrder order(1);
  for (std::int64_t tap = 0; tap < s.C * s.R * s.S; ++tap) order[0].push_back(tap);
  return order;
}

/// All psums of one image.
std::vector<Word> psums_of(const LayerShape& s, const Arithmetic& a, const Words& ifmap, const Words& weights,
                           const AccumulationOrder* order) {
  const auto mac = set_up(a);
  PhasePlanes planes(s);
  planes.put(ifmap);
  std::vector<Word> psums(static_cast<std::size_t>(s.ofmap_words()));
  LayerPsums(s, *mac, a, order, weights)
      .compute({0, s.M, 0, s.E()}, std::vector<const PhasePlanes*>{&planes}, std::vector<Word*>{psums.data()});
  return psums;
}

/// One ofmap word by the definition, a segment after the other; step(activation, weight, psum) is one MAC.
template <class Step>
Word psum_by_steps(const LayerShape& s, const Arithmetic& a, const Words& ifmap, const Words& weights,
                   const AccumulationOrder& order, std::int64_t word, const Step& step) {
  const std::int64_t m = word / (s.E() * s.F());
  const std::int64_t e = word / s.F() % s.E();
  const std::int64_t f = word % s.F();
  Word running = 0;
  for (const auto& segment : order) {
    Word sum = 0;
    for (const std::int64_t tap : segment) {
      const std::int64_t c = tap / (s.R * s.S);
      const std::int64_t h = e * s.U + tap / s.S % s.R * s.D - s.P;
      const std::int64_t w = f * s.U + tap % s.S * s.D - s.P;
      if (h < 0 || h >= s.H || w < 0 || w >= s.W) continue;  // a product with zero changes nothing
      const std::int64_t channel = m / (s.M / s.G) * s.C + c;
      sum = step(ifmap[(channel * s.H + h) * s.W + w], weights[m * s.C * s.R * s.S + tap], sum);
    }
    running = accumulate(a, running, sum);
  }
  return running;
}

/// The same of integers, in 64 bits.
Word naive_psum(const LayerShape& s, const Arithmetic& a, const Words& ifmap, const Words& weights,
                const AccumulationOrder& order, std::int64_t word) {
  return psum_by_steps(s, a, ifmap, weights, order, word, [&a](std::int64_t activation, std::int64_t weight, Word sum) {
    return accumulate(a, sum, shift_round(activation * weight, a.product_shift));
  });
}

LayerShape random_shape(std::mt19937& random) {
  const auto between = [&random](int low, int high) {
    return low + static_cast<std::int64_t>(random() % (high - low + 1));
  };
  LayerShape s;
  s.G = between(1, 3);
  s.M = s.G * between(1, 3);
  s.C = between(1, 4);
  s.R = between(1, 4);
  s.S = between(1, 4);
  s.U = between(1, 4);
  s.P = between(0, 2);
  s.D = between(1, 3);
  s.H = std::max(s.span_height(), between(4, 9));
  s.W = std::max(s.span_width(), between(4, 9));
  return s;
}

TEST(LayerPsums, EqualsTheDefinitionForRandomShapesAndArithmetics) {
  std::mt19937 random(11);
  for (int seed = 0; seed < 300; ++seed) {
    const LayerShape s = random_shape(random);
    Arithmetic a;
    a.product_shift = random() % 3 == 0 ? 0 : static_cast<std::int64_t>(random() % 16);
    a.accumulator_bits = 6 + static_cast<std::int64_t>(random() % 20);
    a.saturate = random() % 2 == 0;
    const Words ifmap = random_words(s.ifmap_words(), 10, random);
    const Words weights = random_words(s.filter_words(), 10, random);
    AccumulationOrder order = one_segment(s);
    std::shuffle(order[0].begin(), order[0].end(), random);
    const std::size_t cut = random() % order[0].size();
    order.emplace_back(order[0].begin() + static_cast<std::ptrdiff_t>(cut), order[0].end());
    order[0].resize(cut);
    const std::vector<Word> psums = psums_of(s, a, ifmap, weights, a.saturate ? &order : nullptr);
    ASSERT_EQ(static_cast<std::int64_t>(psums.size()), s.ofmap_words());
    for (std::int64_t word = 0; word < s.ofmap_words(); ++word) {
      ASSERT_EQ(psums[static_cast<std::size_t>(word)], naive_psum(s, a, ifmap, weights, order, word))
          << "seed " << seed << ", word " << word;
    }
  }
}

/// A binary layer: codes 0 and 1, which are worth -1 and 1, and activations that are signs or levels of 2 bits.
struct BinaryLayer {
  BinaryLayer(const LayerShape& shape, bool levels, std::mt19937& random) : shape(shape) {
    for (std::int64_t i = 0; i < shape.ifmap_words(); ++i) {
      ifmap.push_back(static_cast<StoredWord>(levels ? random() % 4 : (random() % 2 == 0 ? -1 : 1)));
    }
    for (std::int64_t i = 0; i < shape.filter_words(); ++i) {
      codes.push_back(static_cast<StoredWord>(random() % 2));
      worths.push_back(static_cast<StoredWord>(2 * codes.back() - 1));
    }
    order = one_segment(shape);
    std::shuffle(order[0].begin(), order[0].end(), random);
  }

  std::vector<Word> psums(const Arithmetic& a, Span<const StoredWord> signs) const {
    const auto mac = Registry<MacDatapath>::instance().find("xnor_popcount")->set_up({a, {-1, 1}});
    PhasePlanes planes(shape);
    planes.put(ifmap);
    std::vector<Word> psums(static_cast<std::size_t>(shape.ofmap_words()));
    LayerPsums layer(shape, *mac, a, &order, codes);
    layer.know_signs(signs);
    layer.compute({0, shape.M, 0, shape.E()}, std::vector<const PhasePlanes*>{&planes},
                  std::vector<Word*>{psums.data()});
    return psums;
  }

  std::vector<Word> expected(const Arithmetic& a) const {
    std::vector<Word> psums;
    for (std::int64_t word = 0; word < shape.ofmap_words(); ++word) {
      psums.push_back(naive_psum(shape, a, ifmap, worths, order, word));
    }
    return psums;
  }

  LayerShape shape;
  Words ifmap;
  Words codes;
  Words worths;
  AccumulationOrder order;
};

TEST(LayerPsums, EqualsTheDefinitionForSignsWhateverTheShapePaddingAndOverflow) {
  std::mt19937 random(13);
  for (int seed = 0; seed < 300; ++seed) {
    LayerShape s = random_shape(random);
    s.C = 1 + static_cast<std::int64_t>(random() % 40);
    Arithmetic a;
    a.product_shift = random() % 5 == 0 ? 1 : 0;
    a.accumulator_bits = 2 + static_cast<std::int64_t>(random() % 30);
    a.saturate = random() % 2 == 0;
    const BinaryLayer layer(s, random() % 2 == 0, random);
    ASSERT_EQ(layer.psums(a, {}), layer.expected(a)) << "seed " << seed;
  }
}

TEST(LayerPsums, EqualsTheDefinitionForSignsThatAreAtHandAsBits) {
  std::mt19937 random(17);
  for (int seed = 0; seed < 100; ++seed) {
    LayerShape s;  // fully connected
    s.M = 1 + static_cast<std::int64_t>(random() % 12);
    s.C = 1 + static_cast<std::int64_t>(random() % 60);
    s.H = s.R = 1 + static_cast<std::int64_t>(random() % 4);
    s.W = s.S = 1 + static_cast<std::int64_t>(random() % 4);
    Arithmetic a;
    a.accumulator_bits = 2 + static_cast<std::int64_t>(random() % 30);
    a.saturate = random() % 2 == 0;
    const BinaryLayer layer(s, random() % 2 == 0, random);
    ASSERT_EQ(layer.psums(a, signs_of(layer.codes, s.M)), layer.expected(a)) << "seed " << seed;
  }
}

TEST(LayerPsums, DependsOnTheOrderOnlyWhereAdditionsSaturate) {
  // 100 + 100 - 100 in 8 bits, clamped at 127: 127 - 100 = 27, and 100 - 100 + 100 = 100 the other way.
  LayerShape s;
  s.C = 3;
  Arithmetic a;
  a.accumulator_bits = 8;
  a.saturate = true;
  const Words ifmap{100, 100, -100};
  const Words weights{1, 1, 1};
  AccumulationOrder order = one_segment(s);
  EXPECT_EQ(psums_of(s, a, ifmap, weights, &order)[0], 27);
  std::swap(order[0][1], order[0][2]);
  EXPECT_EQ(psums_of(s, a, ifmap, weights, &order)[0], 100);
  a.saturate = false;
  EXPECT_EQ(psums_of(s, a, ifmap, weights, nullptr)[0], 100);
}

TEST(LayerPsums, ChangesWithEveryBitOfEveryOperand) {
  // Without product shift and in 32 bits no bit is lost: each flip must show in some psum.
  std::mt19937 random(5);
  LayerShape s;
  s.C = 2;
  s.M = 2;
  s.H = s.W = 4;
  s.R = s.S = 3;
  s.P = 1;
  Arithmetic a;
  a.accumulator_bits = 32;
  Words ifmap = random_words(s.ifmap_words(), 16, random);
  Words weights = random_words(s.filter_words(), 16, random);
  for (StoredWord& w : ifmap) w = static_cast<StoredWord>(w | 1);  // no operand is zero: a flip of the other one counts
  for (StoredWord& w : weights) w = static_cast<StoredWord>(w | 1);
  const std::vector<Word> psums = psums_of(s, a, ifmap, weights, nullptr);
  for (Words* operand : {&ifmap, &weights}) {
    for (StoredWord& word : *operand) {
      for (int bit = 0; bit < 16; ++bit) {
        const StoredWord before = word;
        word = static_cast<StoredWord>(wrap(word ^ (1 << bit), 16));
        EXPECT_NE(psums_of(s, a, ifmap, weights, nullptr), psums);
        word = before;
      }
    }
  }
}

TEST(LayerPsums, RefusesOrdersThatAreNotTheFilter) {
  LayerShape s;
  s.C = 2;
  Arithmetic a;
  a.saturate = true;
  const Words two{1, 2};
  const auto message = [&](const AccumulationOrder* order) {
    return error_of([&] { psums_of(s, a, two, two, order); });
  };
  AccumulationOrder order;
  order = {{0}};
  EXPECT_EQ(message(nullptr), "additions saturate or round: the psums need the order in which the array adds");
  EXPECT_EQ(message(&order), "an accumulation order has 1 of the 2 taps of the filter");
  order[0].push_back(0);
  EXPECT_EQ(message(&order), "an accumulation order has a tap that the filter does not have, or has it twice");
  order[0][1] = 2;
  EXPECT_EQ(message(&order), "an accumulation order has a tap that the filter does not have, or has it twice");
  order[0][1] = 1;
  EXPECT_EQ(message(&order), "no error");
}

TEST(LayerPsums, GivesTheRegionThatIsAskedForInEveryImage) {
  std::mt19937 random(3);
  LayerShape s{2, 6, 3, 2, 7, 9, 3, 2, 2, 1};
  const Arithmetic a;
  const auto mac = set_up(a);
  const Words weights = random_words(s.filter_words(), 10, random);
  const LayerPsums layer(s, *mac, a, nullptr, weights);
  std::vector<PhasePlanes> planes(2, PhasePlanes(s));
  for (PhasePlanes& image : planes) image.put(random_words(s.ifmap_words(), 10, random));
  std::vector<std::vector<Word>> all(2, std::vector<Word>(static_cast<std::size_t>(s.ofmap_words())));
  const std::vector<const PhasePlanes*> images{planes.data(), planes.data() + 1};
  layer.compute({0, s.M, 0, s.E()}, images, std::vector<Word*>{all[0].data(), all[1].data()});
  // Channels 2 to 4 (of both groups), rows 1 and 2.
  const PsumRegion region{2, 3, 1, 2};
  std::vector<std::vector<Word>> part(
      2, std::vector<Word>(static_cast<std::size_t>(region.channels * region.rows * s.F())));
  layer.compute(region, images, std::vector<Word*>{part[0].data(), part[1].data()});
  for (std::size_t image = 0; image < 2; ++image) {
    for (std::int64_t word = 0; word < region.channels * region.rows * s.F(); ++word) {
      const std::int64_t channel = region.channel + word / (2 * s.F());
      const std::int64_t row = region.row + word / s.F() % 2;
      EXPECT_EQ(part[image][static_cast<std::size_t>(word)],
                all[image][static_cast<std::size_t>((channel * s.E() + row) * s.F() + word % s.F())]);
    }
  }
}

/// binary16 words of moderate numbers, so many in a hundred of them zero.
Words float_words(std::int64_t count, unsigned zero_percent, std::mt19937& random) {
  Words words(static_cast<std::size_t>(count), 0);
  for (StoredWord& word : words) {
    const double number =
        std::ldexp(static_cast<double>(random() % 4096) - 2048.0, static_cast<int>(random() % 8) - 12);
    if (random() % 100 >= zero_percent) word = static_cast<StoredWord>(float16::word_of(number));
  }
  return words;
}

/// Rows with padding between them, and filters enough that lanes are filters where many activations are zero.
TEST(LayerPsums, SumsFloatsOfWholeLayersInTheirOrder) {
  std::mt19937 random(17);
  for (int seed = 0; seed < 60; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    LayerShape s = random_shape(random);
    s.M = s.G * (seed % 3 == 0 ? 2 : 33);
    MacSetup setup;
    setup.arithmetic.form = seed % 2 == 0 ? PsumForm::float16 : PsumForm::float32;
    setup.arithmetic.accumulator_bits = seed % 2 == 0 ? 16 : 32;
    const auto mac = Registry<MacDatapath>::instance().find("float_multiply_add")->set_up(setup);
    const Words ifmap = float_words(s.ifmap_words(), seed % 4 < 2 ? 60 : 0, random);
    const Words weights = float_words(s.filter_words(), 10, random);
    AccumulationOrder order = one_segment(s);
    const auto cut = static_cast<std::ptrdiff_t>(random() % order[0].size());
    order.emplace_back(order[0].begin() + cut, order[0].end());
    order[0].resize(static_cast<std::size_t>(cut));
    PhasePlanes planes(s);
    planes.put(ifmap);
    std::vector<Word> psums(static_cast<std::size_t>(s.ofmap_words()));
    LayerPsums(s, *mac, setup.arithmetic, &order, weights)
        .compute({0, s.M, 0, s.E()}, std::vector<const PhasePlanes*>{&planes}, std::vector<Word*>{psums.data()});
    const auto step = [&mac](Word activation, Word weight, Word sum) { return mac->step(activation, weight, sum); };
    for (std::int64_t word = 0; word < s.ofmap_words(); ++word) {
      ASSERT_EQ(psums[static_cast<std::size_t>(word)],
                psum_by_steps(s, setup.arithmetic, ifmap, weights, order, word, step))
          << "word " << word;
    }
  }
}

TEST(LayerPsums, TakesTheOrderOnlyForFiltersThatCanSaturate) {
  // 8 bits: 100 + 100 - 100 can leave the range, 30 + 30 - 30 cannot whatever the order.
  LayerShape s;
  s.C = 3;
  s.M = 2;
  Arithmetic a;
  a.accumulator_bits = 8;
  a.saturate = true;
  const AccumulationOrder order = one_segment(s);
  EXPECT_EQ(psums_of(s, a, {100, 100, -100}, {1, 1, 1, 0, 1, 0}, &order), (std::vector<Word>{27, 100}));
  EXPECT_EQ(psums_of(s, a, {30, 30, -30}, {1, 1, 1, 4, 0, 0}, &order), (std::vector<Word>{30, 120}));
}

}  // namespace
}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include "sim/values/integer_layer.hpp"

#include <gtest/gtest.h>

#include <random>

#include "tests/support/error_of.hpp"

namespace lacuna {
namespace {

std::unique_ptr<Mac> set_up(const Arithmetic& a) {
  return Registry<MacDatapath>::instance().find("bit_parallel")->set_up({a, {}});
}

std::vector<Word> random_words(std::int64_t count, std::int64_t bits, std::mt19937& random) {
  std::vector<Word> words(static_cast<std::size_t>(count));
  for (Word& w : words) w = static_cast<Word>(wrap(static_cast<std::int64_t>(random()), bits));
  return words;
}

AccumulationOrder one_segment(const LayerShape& s) {
  AccumulationOrder order;
  order.segments.emplace_back();
  for (std::int64_t c = 0; c < s.C; ++c)
    for (std::int64_t r = 0; r < s.R; ++r)
      for (std::int64_t x = 0; x < s.S; ++x) order.segments[0].push_back({c, r, x});
  return order;
}

/// One ofmap word by the definition, a segment after the other, in 64 bits.
Word naive_psum(const LayerShape& s, const Arithmetic& a, const std::vector<Word>& ifmap,
                const std::vector<Word>& weights, const AccumulationOrder& order, std::int64_t word) {
  const std::int64_t m = word / (s.E() * s.F());
  const std::int64_t e = word / s.F() % s.E();
  const std::int64_t f = word % s.F();
  Word running = 0;
  for (const auto& segment : order.segments) {
    Word sum = 0;
    for (const Tap& t : segment) {
      const std::int64_t h = e * s.U + t.r - s.P;
      const std::int64_t w = f * s.U + t.s - s.P;
      if (h < 0 || h >= s.H || w < 0 || w >= s.W) continue;  // a product with zero changes nothing
      const std::int64_t channel = m / (s.M / s.G) * s.C + t.c;
      const std::int64_t product = static_cast<std::int64_t>(ifmap[(channel * s.H + h) * s.W + w]) *
                                   weights[((m * s.C + t.c) * s.R + t.r) * s.S + t.s];
      sum = accumulate(a, sum, shift_round(product, a.product_shift));
    }
    running = accumulate(a, running, sum);
  }
  return running;
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
  s.H = between(4, 9);
  s.W = between(4, 9);
  return s;
}

TEST(IntegerLayer, EqualsTheDefinitionForRandomShapesAndArithmetics) {
  std::mt19937 random(11);
  for (int seed = 0; seed < 300; ++seed) {
    const LayerShape s = random_shape(random);
    Arithmetic a;
    a.product_shift = random() % 3 == 0 ? 0 : static_cast<std::int64_t>(random() % 16);
    a.accumulator_bits = 6 + static_cast<std::int64_t>(random() % 20);
    a.saturate = random() % 2 == 0;
    const std::vector<Word> ifmap = random_words(s.ifmap_words(), 10, random);
    const std::vector<Word> weights = random_words(s.filter_words(), 10, random);
    AccumulationOrder order = one_segment(s);
    std::shuffle(order.segments[0].begin(), order.segments[0].end(), random);
    const std::size_t cut = random() % order.segments[0].size();
    order.segments.emplace_back(order.segments[0].begin() + static_cast<std::ptrdiff_t>(cut), order.segments[0].end());
    order.segments[0].resize(cut);
    const auto mac = set_up(a);
    const std::vector<Word> psums = compute_psums(s, *mac, a, ifmap, weights, a.saturate ? &order : nullptr);
    ASSERT_EQ(static_cast<std::int64_t>(psums.size()), s.ofmap_words());
    for (std::int64_t word = 0; word < s.ofmap_words(); ++word)
      ASSERT_EQ(psums[static_cast<std::size_t>(word)], naive_psum(s, a, ifmap, weights, order, word))
          << "seed " << seed << ", word " << word;
  }
}

TEST(IntegerLayer, DependsOnTheOrderOnlyWhereAdditionsSaturate) {
  // 100 + 100 - 100 in 8 bits, clamped at 127: 127 - 100 = 27, and 100 - 100 + 100 = 100 the other way.
  LayerShape s;
  s.C = 3;
  Arithmetic a;
  a.accumulator_bits = 8;
  a.saturate = true;
  const std::vector<Word> ifmap{100, 100, -100};
  const std::vector<Word> weights{1, 1, 1};
  AccumulationOrder order = one_segment(s);
  EXPECT_EQ(compute_psums(s, *set_up(a), a, ifmap, weights, &order)[0], 27);
  std::swap(order.segments[0][1], order.segments[0][2]);
  EXPECT_EQ(compute_psums(s, *set_up(a), a, ifmap, weights, &order)[0], 100);
  a.saturate = false;
  EXPECT_EQ(compute_psums(s, *set_up(a), a, ifmap, weights, nullptr)[0], 100);
}

TEST(IntegerLayer, ChangesWithEveryBitOfEveryOperand) {
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
  const auto mac = set_up(a);
  std::vector<Word> ifmap = random_words(s.ifmap_words(), 16, random);
  std::vector<Word> weights = random_words(s.filter_words(), 16, random);
  for (Word& w : ifmap) w |= 1;  // no operand is zero: a flip of the other one counts
  for (Word& w : weights) w |= 1;
  const std::vector<Word> psums = compute_psums(s, *mac, a, ifmap, weights, nullptr);
  for (std::vector<Word>* operand : {&ifmap, &weights})
    for (Word& word : *operand)
      for (int bit = 0; bit < 16; ++bit) {
        const Word before = word;
        word = static_cast<Word>(wrap(word ^ (1 << bit), 16));
        EXPECT_NE(compute_psums(s, *mac, a, ifmap, weights, nullptr), psums);
        word = before;
      }
}

TEST(IntegerLayer, AddsTheBiasOfTheChannelBehindTheSum) {
  // Right shift 2: (13 + 2 + 2) >> 2 = 4, (-9 + 2 + 2) >> 2 = -2 -> ReLU 0; (500 - 1 + 2) >> 2 = 125 and 4-bit 7.
  PostArithmetic post;
  post.right_shift = 2;
  post.ofmap_bits = 4;
  post.relu = true;
  EXPECT_EQ(compute_ofmap(post, std::vector<Word>{13, -9, 500, 5}, std::vector<Word>{2, -1}),
            (std::vector<Word>{4, 0, 7, 1}));
  // Left shift 1, no ReLU: (3 - 5) x 2 = -4.
  post = PostArithmetic();
  post.right_shift = -1;
  EXPECT_EQ(compute_ofmap(post, std::vector<Word>{3}, std::vector<Word>{-5}), (std::vector<Word>{-4}));
}

TEST(IntegerLayer, RefusesOrdersThatAreNotTheFilter) {
  LayerShape s;
  s.C = 2;
  Arithmetic a;
  a.saturate = true;
  const std::vector<Word> two{1, 2};
  const auto message = [&](const AccumulationOrder* order) {
    return error_of([&] { compute_psums(s, *set_up(a), a, two, two, order); });
  };
  AccumulationOrder order;
  order.segments = {{{0, 0, 0}}};
  EXPECT_EQ(message(nullptr), "additions saturate: the psums need the order in which the array adds");
  EXPECT_EQ(message(&order), "an accumulation order has 1 of the 2 taps of the filter");
  order.segments[0].push_back({0, 0, 0});
  EXPECT_EQ(message(&order), "an accumulation order has a tap that the filter does not have, or has it twice");
  order.segments[0][1] = {2, 0, 0};
  EXPECT_EQ(message(&order), "an accumulation order has a tap that the filter does not have, or has it twice");
  order.segments[0][1] = {1, 0, 0};
  EXPECT_EQ(message(&order), "no error");
}

TEST(IntegerLayer, RefusesTensorsOfAnotherSize) {
  LayerShape s;
  s.C = 2;
  const std::vector<Word> two{1, 2};
  const std::vector<Word> three{1, 2, 3};
  EXPECT_EQ(error_of([&] { compute_psums(s, *set_up(Arithmetic()), Arithmetic(), two, three, nullptr); }),
            "a layer of 2 ifmap and 2 filter words was given 2 and 3");
}

}  // namespace
}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <ctime>
#include <random>

#include "hw/array/row_stationary/mapping.hpp"
#include "tests/support/error_of.hpp"

namespace lacuna::test {
namespace {

std::vector<std::int64_t> numbers(const RowStationaryMapping& map) {
  return {map.m, map.n, map.e, map.p, map.q, map.r, map.t};
}

/// Draws layers and chips, small and large, often too tight.
class Generator {
 public:
  explicit Generator(std::uint64_t seed) : random_(seed) {}
  std::int64_t draw(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(high - low + 1));
  }
  /// A number whose order of magnitude is evenly distributed.
  std::int64_t draw_scale(std::int64_t high) { return draw(1, std::max<std::int64_t>(1, high >> draw(0, 5))); }

  RowStationaryConfig array() {
    RowStationaryConfig array;
    array.rows = draw_scale(32);
    array.columns = draw_scale(32);
    array.filter_spad_words = draw_scale(512);
    array.ifmap_spad_words = draw_scale(64);
    array.psum_spad_words = draw_scale(64);
    return array;
  }
  MappingContext context(const RowStationaryConfig& array) {
    MappingContext context;
    context.array = &array;
    LayerShape& shape = context.shape;
    shape.N = draw_scale(8);
    shape.G = draw(1, 3);
    shape.M = shape.G * draw_scale(512);
    shape.C = draw_scale(512);
    shape.R = draw(1, 7);
    shape.S = draw(1, 7);
    shape.U = draw(1, std::min<std::int64_t>(shape.S + 1, 4));
    shape.P = draw(0, 2);
    shape.H = draw(shape.R, 40);
    shape.W = draw(shape.S, 40);
    context.weight_bits = draw(4, 16);      // 64 bit a beat: at most 16 words
    context.activation_bits = draw(4, 16);  // 16 bit a beat and 4 words of FIFO: at most 4 words
    context.psum_bits = draw(8, 32);
    context.bank_bytes = draw(1, 8) * 512;
    context.banks = draw(2, 40);
    context.filter_banks = draw(1, 4);
    return context;
  }

 private:
  std::mt19937_64 random_;
};

TEST(DefaultMapping, IsLegalForEveryLayerAndChipOrTheErrorNamesTheCapacityThatBreaks) {
  Generator generator(3);
  int legal = 0;
  constexpr int kRounds = 2500;
  for (int round = 0; round < kRounds; ++round) {
    const RowStationaryConfig array = generator.array();
    const MappingContext context = generator.context(array);
    RowStationaryMapping map;
    const std::string error = error_of([&] { map = default_row_stationary_mapping(context); });
    if (error == "no error") {
      ++legal;
      ASSERT_EQ(broken_capacity(context, map), "") << "round " << round;
      continue;
    }
    RowStationaryMapping smallest;
    ASSERT_EQ(error, "no mapping fits: even with m = n = e = p = q = r = t = 1, " + broken_capacity(context, smallest))
        << "round " << round;
    ASSERT_TRUE(error.find("/chip/") != std::string::npos || context.shape.U > context.shape.S) << error;
  }
  EXPECT_GT(legal, kRounds / 4);
  EXPECT_LT(legal, kRounds);
}

TEST(DefaultMapping, IsTheSameEachTime) {
  Generator generator(4);
  for (int round = 0; round < 50; ++round) {
    const RowStationaryConfig array;
    const MappingContext context = generator.context(array);
    RowStationaryMapping once;
    if (error_of([&] { once = default_row_stationary_mapping(context); }) != "no error") continue;
    ASSERT_EQ(numbers(default_row_stationary_mapping(context)), numbers(once));
  }
}

TEST(DefaultMapping, ALayerThatOnlyTheSmallestMappingFitsGetsIt) {
  RowStationaryConfig array;
  array.rows = 1;
  array.columns = 1;
  array.filter_spad_words = 1;
  array.ifmap_spad_words = 1;
  array.psum_spad_words = 1;
  MappingContext context;
  context.array = &array;
  context.shape = {1, 1, 8, 1, 4, 4, 1, 1, 1, 0};
  EXPECT_EQ(numbers(default_row_stationary_mapping(context)), std::vector<std::int64_t>({1, 1, 1, 1, 1, 1, 1}));
  array.ifmap_spad_words = 2;
  context.shape.S = 2;
  EXPECT_EQ(error_of([&] { default_row_stationary_mapping(context); }),
            "no mapping fits: even with m = n = e = p = q = r = t = 1, filter rows p q S = 2 words, but "
            "/chip/array/filter_spad_words gives 1");
}

TEST(DefaultMapping, OfAllLayersOfAlexNetOnEyerissIsFoundInWellUnderASecond) {
  const RowStationaryConfig array;
  const std::clock_t start = std::clock();
  for (const LayerShape& shape : std::vector<LayerShape>{{4, 96, 3, 1, 227, 227, 11, 11, 4, 0},
                                                         {4, 256, 48, 2, 27, 27, 5, 5, 1, 2},
                                                         {4, 384, 256, 1, 13, 13, 3, 3, 1, 1},
                                                         {4, 384, 192, 2, 13, 13, 3, 3, 1, 1},
                                                         {4, 256, 192, 2, 13, 13, 3, 3, 1, 1},
                                                         {4, 4096, 256, 1, 6, 6, 6, 6, 1, 0},
                                                         {4, 4096, 4096, 1, 1, 1, 1, 1, 1, 0},
                                                         {4, 1000, 4096, 1, 1, 1, 1, 1, 1, 0}}) {
    MappingContext context;
    context.array = &array;
    context.shape = shape;
    EXPECT_EQ(broken_capacity(context, default_row_stationary_mapping(context)), "");
  }
  const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
  RecordProperty("milliseconds", static_cast<int>(seconds * 1000));
  EXPECT_LT(seconds, 1.0);
}

}  // namespace
}  // namespace lacuna::test

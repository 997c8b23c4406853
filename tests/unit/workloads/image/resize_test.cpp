// SPDX-License-Identifier: Apache-2.0
#include "workloads/image/resize.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "tests/support/test_image.hpp"

namespace lacuna {
namespace {

using Samples = std::vector<std::uint8_t>;

/// A grey image of these rows.
Image grey(const std::vector<Samples>& rows) {
  Image image = blank_image("grey", static_cast<std::int64_t>(rows.size()), static_cast<std::int64_t>(rows[0].size()));
  auto sample = image.rgb.begin();
  for (const Samples& row : rows) {
    for (const std::uint8_t value : row) sample = std::fill_n(sample, 3, value);
  }
  return image;
}

/// The red samples; those of green and blue of a grey image are equal to them.
Samples reds(const Image& image) {
  Samples red;
  for (std::size_t i = 0; i < image.rgb.size(); i += 3) red.push_back(image.rgb[i]);
  return red;
}

Image mirrored(const Image& image, bool upside_down) {
  Image mirror = image;
  for (std::int64_t y = 0; y < image.height; ++y) {
    for (std::int64_t x = 0; x < image.width; ++x) {
      const std::int64_t from =
          upside_down ? (image.height - 1 - y) * image.width + x : y * image.width + image.width - 1 - x;
      std::copy_n(image.rgb.begin() + from * 3, 3, mirror.rgb.begin() + (y * image.width + x) * 3);
    }
  }
  return mirror;
}

/// Of an even and an odd number of pixels, larger and smaller, by whole and other factors.
const std::vector<std::pair<std::int64_t, std::int64_t>> kSizes = {{1, 1},   {2, 3},   {7, 40},  {20, 30}, {40, 60},
                                                                   {41, 59}, {80, 13}, {119, 7}, {300, 1}};

TEST(Resize, LeavesAnImageOfThatSizeAsItIs) {
  const Image image = waves(41, 59);
  EXPECT_EQ(resize(image, 41, 59).rgb, image.rgb);
  // Nor does one side change what the other has right: every row of a column image stays itself.
  const Image column = resize(waves(41, 1), 41, 5);
  for (std::size_t y = 0; y < 41; ++y) {
    for (std::size_t x = 0; x < 5; ++x) ASSERT_EQ(column.rgb[(y * 5 + x) * 3 + 1], waves(41, 1).rgb[y * 3 + 1]);
  }
}

TEST(Resize, KeepsAConstantImageConstant) {
  for (const auto& [height, width] : kSizes) {
    for (const Samples& colour : {Samples{0, 1, 2}, Samples{253, 254, 255}, Samples{0, 127, 255}}) {
      ASSERT_EQ(resize(plain(40, 60, colour), height, width).rgb, plain(height, width, colour).rgb)
          << height << " x " << width;
    }
  }
}

TEST(Resize, OfAMirroredImageIsTheMirroredResult) {
  const Image image = waves(40, 60);
  for (const auto& [height, width] : kSizes) {
    for (const bool upside_down : {false, true}) {
      ASSERT_EQ(resize(mirrored(image, upside_down), height, width).rgb,
                mirrored(resize(image, height, width), upside_down).rgb)
          << height << " x " << width;
    }
  }
}

TEST(Resize, StaysBetweenTheLeastAndTheGreatestSample) {
  Image image = waves(40, 60);
  for (std::uint8_t& sample : image.rgb) sample = static_cast<std::uint8_t>(100 + sample % 2 * 5);
  for (const auto& [height, width] : kSizes) {
    for (const std::uint8_t sample : resize(image, height, width).rgb) {
      ASSERT_GE(sample, 100);
      ASSERT_LE(sample, 105);
    }
  }
}

TEST(Resize, InterpolatesLinearlyWhereTheImageGrows) {
  // 2 to 4: new pixels at 0.25, 0.75, 1.25, 1.75 between old ones at 0.5 and 1.5; beyond the edge there is nothing.
  EXPECT_EQ(reds(resize(grey({{10, 50}}), 1, 4)), (Samples{10, 20, 40, 50}));
  EXPECT_EQ(reds(resize(grey({{10}, {50}}), 4, 1)), (Samples{10, 20, 40, 50}));
  // The weights of the corner are 1, 3/4, 1/4, 0 in both directions: times 16, their products.
  EXPECT_EQ(reds(resize(grey({{16, 0}, {0, 0}}), 4, 4)), (Samples{16, 12, 4, 0, 12, 9, 3, 0, 4, 3, 1, 0, 0, 0, 0, 0}));
}

TEST(Resize, WeighsWithAWiderTriangleWhereTheImageShrinks) {
  // 4 to 2: new pixels at 1 and 3, the triangle 2 wide: old ones at 0.5, 1.5, 2.5 weigh 3/4, 3/4, 1/4 of 7/4.
  // (3 x 0 + 3 x 70 + 140) / 7 = 50; (70 + 3 x 140 + 3 x 7) / 7 = 73
  EXPECT_EQ(reds(resize(grey({{0, 70, 140, 7}}), 1, 2)), (Samples{50, 73}));
  // 3 to 2: at 0.75 and 2.25, 1.5 wide. In quarters the triangle reaches 6, old pixels lie 1, 3 and 7 away: weights 5,
  // 3 and none. (5 x 8 + 3 x 16) / 8 = 11; (3 x 16 + 5 x 80) / 8 = 56
  EXPECT_EQ(reds(resize(grey({{8, 16, 80}}), 1, 2)), (Samples{11, 56}));
  // 3 to 1: at 1.5, 3 wide: distances 1, 0, 1: weights 2, 3, 2 of 7. (2 x 7 + 3 x 14 + 2 x 70) / 7 = 28
  EXPECT_EQ(reds(resize(grey({{7}, {14}, {70}}), 1, 1)), (Samples{28}));
}

TEST(Resize, RoundsAHalfUpAndOnlyAtTheEnd) {
  // 2 to 1: both pixels weigh the same. 0.5 becomes 1, 1.5 becomes 2.
  EXPECT_EQ(reds(resize(grey({{0, 1}}), 1, 1)), (Samples{1}));
  EXPECT_EQ(reds(resize(grey({{1, 2}}), 1, 1)), (Samples{2}));
  // A quarter of 1 is 0; rounded row by row it would have been 1/2, and then 1.
  EXPECT_EQ(reds(resize(grey({{0, 1}, {0, 0}}), 1, 1)), (Samples{0}));
  EXPECT_EQ(reds(resize(grey({{0, 1}, {1, 0}}), 1, 1)), (Samples{1}));
}

TEST(Resize, MakesTheMeanOfACheckerboard) {
  Image board = blank_image("board", 48, 48);
  for (std::size_t i = 0; i < board.rgb.size(); ++i) board.rgb[i] = (i / 3 % 48 + i / 3 / 48) % 2 == 0 ? 255 : 0;
  for (const std::int64_t factor : {2, 4, 8}) {
    const std::int64_t side = 48 / factor;
    const Samples small = reds(resize(board, side, side));
    for (std::int64_t y = 1; y < side - 1; ++y) {
      for (std::int64_t x = 1; x < side - 1; ++x) ASSERT_EQ(small[static_cast<std::size_t>(y * side + x)], 128);
    }
  }
  // At the edge the triangle is cut. By 2, white weighs 3 + 1 of 7 in one row, 3 in the next: in the corner
  // (4 x 4 + 3 x 3) / 49 of 255 = 130.1; on the edge, 1/2 of each row: 127.5.
  const Samples half = reds(resize(board, 24, 24));
  EXPECT_EQ(half[0], 130);
  EXPECT_EQ(half[23], 125);  // black in the corner: 24 / 49 of 255 = 124.9
  EXPECT_EQ(half[1], 128);
}

TEST(Resize, TakesThinAndTheLargestImages) {
  EXPECT_EQ(reds(resize(grey({{77}}), 5, 9)), Samples(45, 77));
  EXPECT_EQ(reds(resize(grey({Samples(8192, 255)}), 3, 4)), Samples(12, 255));
  EXPECT_EQ(reds(resize(grey({Samples(8192, 255)}), 1, 1)), Samples{255});  // the largest sum of weights
  EXPECT_EQ(reds(resize(plain(1, 8192, {9, 9, 9}), 16384, 2)), Samples(32768, 9));
  EXPECT_EQ(reds(resize(grey({Samples(8192, 3)}), 1, 8191)), Samples(8191, 3));
}

TEST(CentreOfAspect, IsTheLargestMiddleOfThatAspect) {
  const auto size = [](std::int64_t height, std::int64_t width, std::int64_t to_height, std::int64_t to_width) {
    const Image centre = centre_of_aspect(plain(height, width, {1, 2, 3}), to_height, to_width);
    EXPECT_EQ(centre.rgb.size(), static_cast<std::size_t>(centre.height * centre.width * 3));
    return std::make_pair(centre.height, centre.width);
  };
  using Size = std::pair<std::int64_t, std::int64_t>;
  EXPECT_EQ(size(427, 640, 227, 227), Size(427, 427));
  EXPECT_EQ(size(640, 427, 227, 227), Size(427, 427));
  EXPECT_EQ(size(100, 100, 100, 100), Size(100, 100));
  EXPECT_EQ(size(100, 100, 3, 4), Size(75, 100));
  EXPECT_EQ(size(10, 10, 2, 3), Size(7, 10));      // 6 2/3
  EXPECT_EQ(size(10, 10, 4, 16), Size(3, 10));     // 2 1/2
  EXPECT_EQ(size(1, 8192, 227, 227), Size(1, 1));  // of a line, a pixel
  EXPECT_EQ(size(8192, 1, 227, 227), Size(1, 1));
  EXPECT_EQ(size(10, 10, 1, 16384), Size(1, 10));  // none would be left: one
  EXPECT_EQ(size(1, 1, 227, 100), Size(1, 1));
}

TEST(CentreOfAspect, CutsTheLargerHalfOfAnOddRestAtTheBottomAndOnTheRight) {
  EXPECT_EQ(reds(centre_of_aspect(grey({{1, 2, 3, 4, 5}, {6, 7, 8, 9, 10}}), 1, 1)), (Samples{2, 3, 7, 8}));
  EXPECT_EQ(reds(centre_of_aspect(grey({{1}, {2}, {3}, {4}}), 1, 1)), (Samples{2}));
}

}  // namespace
}  // namespace lacuna

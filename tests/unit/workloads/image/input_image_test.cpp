// SPDX-License-Identifier: Apache-2.0
#include "workloads/image/input_image.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "tests/support/error_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/test_image.hpp"
#include "workloads/image/png_reader.hpp"
#include "workloads/image/resize.hpp"

namespace lacuna {
namespace {

const std::string kImages = LACUNA_SOURCE_DIR "/workloads/images/";

Network network_of(std::int64_t side, std::int64_t channels = 3) {
  Network network;
  network.name = "n";
  network.input = {channels, side, side};
  network.input_mean = {1.5, 0.0, 100.0};
  network.input_scale = 0.5;
  return network;
}

TEST(InputImage, SubtractsTheMeanOfRedGreenAndBlueAndThenScales) {
  const Image image = {1, 2, {1, 2, 3, 253, 254, 255}};
  const Tensor<float> input = normalise(image, network_of(2));
  EXPECT_EQ(input.shape, (std::vector<std::int64_t>{3, 1, 2}));
  // (1 - 1.5) / 2, (253 - 1.5) / 2; 2 / 2, 254 / 2; (3 - 100) / 2, (255 - 100) / 2
  EXPECT_EQ(input.data, (std::vector<float>{-0.25f, 125.75f, 1.0f, 127.0f, -48.5f, 77.5f}));
}

TEST(InputImage, HasThreeChannels) {
  const std::string file = kImages + "tiny.png";
  EXPECT_EQ(error_of([&] { load_input_image(file, network_of(16, 1)); }),
            file + ": an image of 3 channels found; network n wants 1");
}

TEST(InputImage, OfTheSizeOfTheInputStaysAsItIs) {
  for (const bool crop : {false, true}) {
    Network network = network_of(16);
    network.crop = crop;
    const std::string file = kImages + "tiny.png";
    EXPECT_EQ(load_input_image(file, network).data, normalise(read_png(file), network).data);
  }
}

TEST(InputImage, OfAnotherSizeIsItsMiddleResized) {
  const Image image = waves(40, 61);  // (61 - 40) / 2 = 10 columns are cut off on the left, 11 on the right
  Image middle = blank_image("middle", 40, 40);
  for (std::int64_t y = 0; y < 40; ++y) {
    std::copy_n(image.rgb.begin() + (y * 61 + 10) * 3, 40 * 3, middle.rgb.begin() + y * 40 * 3);
  }
  EXPECT_EQ(fitted(image, network_of(40)).rgb, middle.rgb);
  EXPECT_EQ(fitted(image, network_of(16)).rgb, resize(middle, 16, 16).rgb);
  EXPECT_EQ(fitted(image, network_of(50)).rgb, resize(middle, 50, 50).rgb);
  Network network = network_of(50);
  network.crop = true;  // nothing can be cut off
  EXPECT_EQ(fitted(image, network).rgb, resize(middle, 50, 50).rgb);
}

TEST(InputImage, OfALineIsItsMiddlePixel) {
  for (const bool crop : {false, true}) {
    Network network = network_of(227);
    network.crop = crop;
    EXPECT_EQ(fitted(plain(1, 8192, {1, 2, 3}), network).rgb, plain(227, 227, {1, 2, 3}).rgb);
    EXPECT_EQ(fitted(plain(8192, 1, {1, 2, 3}), network).rgb, plain(227, 227, {1, 2, 3}).rgb);
    EXPECT_EQ(fitted(plain(1, 1, {1, 2, 3}), network).rgb, plain(227, 227, {1, 2, 3}).rgb);
  }
}

TEST(InputImage, IsCutAroundItsCentreWhereTheNetworkSaysSo) {
  Network network = network_of(13);
  network.crop = true;
  const Image image = waves(14, 40);  // below 8/7 x 13, 15 to the nearest, in one direction: not resized
  const Image middle = fitted(image, network);
  ASSERT_EQ(middle.rgb.size(), std::size_t{3} * 13 * 13);
  // (14 - 13) / 2 = 0 rows are cut off at the top, (40 - 13) / 2 = 13 columns on the left.
  for (std::size_t y = 0; y < 13; ++y) {
    for (std::size_t x = 0; x < std::size_t{3} * 13; ++x) {
      ASSERT_EQ(middle.rgb[y * 13 * 3 + x], image.rgb[(y * 40 + 13) * 3 + x]);
    }
  }
}

TEST(InputImage, OfAPhotographIsMadeAsSmallAsTorchvisionDoesBeforeItIsCut) {
  Network network = network_of(224);
  network.crop = true;
  const Image photograph = waves(427, 640);
  const Image small = resize(centre_of(photograph, 427, 427), 256, 256);
  EXPECT_EQ(fitted(photograph, network).rgb, centre_of(small, 224, 224).rgb);
  // What was made that small before is only cut, as is what is smaller yet.
  for (const auto& [height, width] : {std::make_pair(256, 341), std::make_pair(255, 600), std::make_pair(227, 227)}) {
    const Image image = waves(height, width);
    EXPECT_EQ(fitted(image, network).rgb, centre_of(image, 224, 224).rgb) << height << " x " << width;
  }
}

TEST(InputImage, OfAJpegFileIsToldByItsFirstBytes) {
  const ScratchFolder folder;
  const std::string jpeg = folder.write("named.png", jpeg_of(plain(20, 30, {9, 9, 9}), {}));
  EXPECT_EQ(read_image(jpeg).width, 30);
  EXPECT_EQ(load_input_image(jpeg, network_of(16)).size(), 3 * 16 * 16);
  std::filesystem::copy(kImages + "tiny.png", folder.path("named.jpg"));
  EXPECT_EQ(read_image(folder.path("named.jpg")).rgb, read_png(kImages + "tiny.png").rgb);
}

TEST(InputImage, IsNothingButAnImage) {
  const ScratchFolder folder;
  const auto message = [&](const std::string& bytes) {
    const std::string file = folder.write("i.png", bytes);
    return error_of([&] { read_image(file); }).substr(file.size());
  };
  EXPECT_EQ(message(""), ": no image, found an empty file; allowed PNG and JPEG files");
  EXPECT_EQ(message("\xff\xd8"), ": no image, found a file that begins with ff d8; allowed PNG and JPEG files");
  EXPECT_EQ(message("GIF89a too long"),
            ": no image, found a file that begins with 47 49 46 38 39 61 20 74; allowed PNG and JPEG files");
  EXPECT_EQ(error_of([] { read_image("no/such.png"); }), "no/such.png: cannot be read");
}

TEST(InputImage, OfTheShippedPhotographsFitsAlexNet) {
  for (const char* name : {"china.png", "flower.png"}) {
    const Image image = read_png(kImages + name);
    EXPECT_EQ(image.height, 227);
    EXPECT_EQ(image.width, 227);
  }
}

}  // namespace
}  // namespace lacuna

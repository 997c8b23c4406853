// SPDX-License-Identifier: Apache-2.0
#include "workloads/image/png_reader.hpp"

#include <gtest/gtest.h>
#include <png.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/support/error_of.hpp"
#include "tests/support/scratch_folder.hpp"

namespace lacuna {
namespace {

const std::string kImages = LACUNA_SOURCE_DIR "/workloads/images/";

std::string bytes_of(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

class Png : public ::testing::Test {
 protected:
  void SetUp() override { file_ = folder_.path("test.png"); }
  ScratchFolder folder_;

  void write_bytes(const std::string& bytes) const { std::ofstream(file_, std::ios::binary) << bytes; }

  /// Writes 2 x 1 pixels of a libpng simplified-API format.
  void write_pixels(png_uint_32 format, const void* pixels, png_uint_32 width = 2) const {
    png_image image = {};
    image.version = PNG_IMAGE_VERSION;
    image.width = width;
    image.height = 1;
    image.format = format;
    ASSERT_NE(png_image_write_to_file(&image, file_.c_str(), 0, pixels, 0, nullptr), 0);
  }

  /// The message without the file's name.
  std::string read_error() const {
    const std::string message = error_of([&] { read_png(file_); });
    return message.rfind(file_ + ": ", 0) == 0 ? message.substr(file_.size() + 2) : message;
  }

  std::string file_;
};

TEST_F(Png, ReadsRgbAsItIs) {
  const std::vector<std::uint8_t> pixels = {1, 2, 3, 253, 254, 255};
  write_pixels(PNG_FORMAT_RGB, pixels.data());
  const Image image = read_png(file_);
  EXPECT_EQ(image.height, 1);
  EXPECT_EQ(image.width, 2);
  EXPECT_EQ(image.rgb, pixels);
}

TEST_F(Png, RepeatsGreyInAllChannels) {
  const std::uint8_t pixels[] = {7, 200};
  write_pixels(PNG_FORMAT_GRAY, pixels);
  EXPECT_EQ(read_png(file_).rgb, (std::vector<std::uint8_t>{7, 7, 7, 200, 200, 200}));
}

TEST_F(Png, RefusesTransparency) {
  const char* const refusal =
      "PNG file with transparency found; allowed images without an alpha channel and transparent colours (what lies "
      "behind them is not in the file)";
  const std::uint8_t rgba[] = {1, 2, 3, 4, 5, 6, 7, 8};
  write_pixels(PNG_FORMAT_RGBA, rgba);
  EXPECT_EQ(read_error(), refusal);
  write_pixels(PNG_FORMAT_GA, rgba);
  EXPECT_EQ(read_error(), refusal);
  const std::uint16_t wide[] = {1, 2, 3, 4, 5, 6, 7, 8};
  write_pixels(PNG_FORMAT_LINEAR_RGB_ALPHA, wide);
  EXPECT_EQ(read_error(), refusal);
}

TEST_F(Png, RoundsWideSamplesToTheNearestOfEightBits) {
  // 8 bits are 257 steps of 16 apart: up to 128 is nearer to 0, from 129 on to 1.
  const std::uint16_t wide[] = {0, 128, 129, 65535, 65407, 65406};
  write_pixels(PNG_FORMAT_LINEAR_RGB, wide);
  EXPECT_EQ(read_png(file_).rgb, (std::vector<std::uint8_t>{0, 0, 1, 255, 255, 254}));
  write_pixels(PNG_FORMAT_LINEAR_Y, wide, 3);
  EXPECT_EQ(read_png(file_).rgb, (std::vector<std::uint8_t>{0, 0, 0, 0, 0, 0, 1, 1, 1}));
}

TEST_F(Png, RefusesWhatIsNoPng) {
  EXPECT_EQ(read_error(), "cannot be read");
  write_bytes("");
  EXPECT_EQ(read_error(), "not a PNG file");
  write_bytes("\xff\xd8\xff\xe0 a JPEG file");
  EXPECT_EQ(read_error(), "not a PNG file");
}

TEST_F(Png, RefusesATruncatedFileAllOverItsLength) {
  const std::string whole = bytes_of(kImages + "tiny.png");
  for (std::size_t length = 8; length < whole.size(); length += 5) {
    write_bytes(whole.substr(0, length));
    ASSERT_EQ(read_error().substr(0, 18), "damaged PNG file (") << length;
  }
  write_bytes(whole.substr(0, whole.size() / 2));
  EXPECT_EQ(read_error(), "damaged PNG file (Read Error)");
}

TEST_F(Png, RefusesAFlippedBit) {
  std::string bytes = bytes_of(kImages + "tiny.png");
  bytes[8 + 8 + 13] ^= 1;  // signature, length and type of IHDR, its data: the first byte of its checksum
  write_bytes(bytes);
  EXPECT_EQ(read_error(), "damaged PNG file (IHDR: CRC error)");
  bytes = bytes_of(kImages + "tiny.png");
  bytes[bytes.size() / 2] ^= 1;  // in the pixels
  write_bytes(bytes);
  EXPECT_EQ(read_error().substr(0, 24), "damaged PNG file (IDAT: ");
}

TEST_F(Png, RefusesASideOfMoreThan8192Pixels) {
  const std::vector<std::uint8_t> pixels(std::size_t{3} * 8193);
  write_pixels(PNG_FORMAT_RGB, pixels.data(), 8192);
  EXPECT_EQ(read_png(file_).width, 8192);
  write_pixels(PNG_FORMAT_RGB, pixels.data(), 8193);
  EXPECT_EQ(read_error(), "an image of 8193 x 1 pixels (width x height) found; at most 8192 a side allowed");
}

}  // namespace
}  // namespace lacuna

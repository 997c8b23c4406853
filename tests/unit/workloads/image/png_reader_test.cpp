// SPDX-License-Identifier: Apache-2.0
#include "workloads/image/png_reader.hpp"

#include <gtest/gtest.h>
#include <png.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/support/error_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "workloads/image/input_image.hpp"

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

TEST_F(Png, RefusesTransparencyAndWideSamples) {
  const std::uint8_t rgba[] = {1, 2, 3, 4, 5, 6, 7, 8};
  write_pixels(PNG_FORMAT_RGBA, rgba);
  EXPECT_EQ(read_error(),
            "samples of 8 bits with transparency found; 8 bits without transparency (RGB, grey or palette) wanted");
  const std::uint16_t wide[] = {1, 2, 3, 4, 5, 6};
  write_pixels(PNG_FORMAT_LINEAR_RGB, wide);
  EXPECT_EQ(read_error(), "samples of 16 bits found; 8 bits without transparency (RGB, grey or palette) wanted");
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
  EXPECT_EQ(read_error(), "damaged PNG file (Invalid IHDR data)");
}

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

TEST(InputImage, IsNotResized) {
  const std::string file = kImages + "tiny.png";
  EXPECT_EQ(load_input_image(file, network_of(16)).size(), 3 * 16 * 16);
  EXPECT_EQ(error_of([&] { load_input_image(file, network_of(227)); }),
            file +
                ": an image of 16 x 16 pixels (width x height) found; network n wants 227 x 227, and images are not "
                "resized");
  EXPECT_EQ(error_of([&] { load_input_image(file, network_of(16, 1)); }),
            file + ": an image of 3 channels found; network n wants 1");
}

TEST(InputImage, IsCutAroundItsCentreWhereTheNetworkSaysSo) {
  const std::string file = kImages + "tiny.png";
  Network network = network_of(13);
  EXPECT_NE(error_of([&] { load_input_image(file, network); }), "no error");
  network.crop = true;
  const Tensor<float> cut = load_input_image(file, network);
  const Tensor<float> whole = load_input_image(file, network_of(16));
  ASSERT_EQ(cut.size(), 3 * 13 * 13);
  // (16 - 13) / 2 = 1 row and column are cut off at the top and on the left, 2 on the other sides.
  for (std::size_t c = 0; c < 3; ++c) {
    for (std::size_t y = 0; y < 13; ++y) {
      for (std::size_t x = 0; x < 13; ++x) {
        ASSERT_EQ(cut.data[(c * 13 + y) * 13 + x], whole.data[(c * 16 + y + 1) * 16 + x + 1]);
      }
    }
  }
  network = network_of(17);
  network.crop = true;  // never made larger
  EXPECT_EQ(error_of([&] { load_input_image(file, network); }),
            file +
                ": an image of 16 x 16 pixels (width x height) found; network n wants 17 x 17, and images are not "
                "resized");
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

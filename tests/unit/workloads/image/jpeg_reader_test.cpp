// SPDX-License-Identifier: Apache-2.0
#include "workloads/image/jpeg_reader.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <thread>

#include "tests/support/environment.hpp"
#include "tests/support/error_of.hpp"
#include "tests/support/scratch_folder.hpp"
#include "tests/support/test_image.hpp"
#include "workloads/json/digest.hpp"

namespace lacuna {
namespace {

class Jpeg : public ::testing::Test {
 protected:
  Image read(const std::string& bytes) const { return read_jpeg(folder_.write("test.jpg", bytes)); }

  /// The message without the file's name, or "no error".
  std::string read_error(const std::string& bytes) const {
    const std::string file = folder_.write("test.jpg", bytes);
    const std::string message = error_of([&] { read_jpeg(file); });
    return message.rfind(file + ": ", 0) == 0 ? message.substr(file.size() + 2) : message;
  }

  ScratchFolder folder_;
};

int largest_difference(const Image& a, const Image& b) {
  EXPECT_EQ(a.rgb.size(), b.rgb.size());
  int largest = 0;
  for (std::size_t i = 0; i < a.rgb.size(); ++i) largest = std::max(largest, std::abs(a.rgb[i] - b.rgb[i]));
  return largest;
}

/// In place of the first marker of that kind: where its length stands.
std::size_t marker(const std::string& bytes, char kind) { return bytes.find(std::string("\xff") + kind) + 2; }

constexpr char kBaseline = '\xc0';
constexpr char kProgressive = '\xc2';

JpegSetting progressive() {
  JpegSetting setting;
  setting.progressive = true;
  return setting;
}

TEST_F(Jpeg, ReadsBackWhatWasEncoded) {
  Image image = waves(37, 53);
  image.rgb.assign(image.rgb.size(), 0);
  for (std::size_t i = 0; i < image.rgb.size(); ++i) {  // a slope, which survives the loss of a JPEG
    image.rgb[i] = static_cast<std::uint8_t>(i / 3 % 53 * 3 + i / 3 / 53 * 2 + 10 * (i % 3));
  }
  JpegSetting best;
  best.quality = 100;
  best.chroma = 1;
  EXPECT_LE(largest_difference(read(jpeg_of(image, best)), image), 2);
  best.progressive = true;
  EXPECT_LE(largest_difference(read(jpeg_of(image, best)), image), 2);
  best.chroma = 2;
  const Image halved = read(jpeg_of(image, best));
  EXPECT_EQ(halved.height, 37);
  EXPECT_EQ(halved.width, 53);
  EXPECT_LE(largest_difference(halved, image), 8);
}

TEST_F(Jpeg, OfBothKindsHoldsTheSameSamples) {
  const Image image = waves(37, 53);
  EXPECT_EQ(read(jpeg_of(image, progressive())).rgb, read(jpeg_of(image)).rgb);
}

TEST_F(Jpeg, RepeatsGreyInAllChannels) {
  JpegSetting setting;
  setting.channels = 1;
  EXPECT_EQ(read(jpeg_of(plain(3, 5, {77, 77, 77}), setting)).rgb, plain(3, 5, {77, 77, 77}).rgb);
}

/// Of what our encoder makes of the waves, as both decode it: in halved chroma and in full.
const std::vector<std::string> kDigests = {"71c51a082f595bae", "c2c8ad352e5fe750"};

std::vector<std::string> digests() {
  const ScratchFolder folder;
  std::vector<std::string> found;
  for (const int chroma : {2, 1}) {
    JpegSetting setting;
    setting.chroma = chroma;
    const Image image = read_jpeg(folder.write("waves.jpg", jpeg_of(waves(37, 53), setting)));
    found.push_back(sha256_hex({image.rgb.data(), image.rgb.size()}).substr(0, 16));
  }
  return found;
}

TEST_F(Jpeg, DecodesToTheSameBitsOnEveryHost) { EXPECT_EQ(digests(), kDigests); }

TEST_F(Jpeg, DecodesToTheSameBitsWithoutVectorInstructions) {
  const ScopedVariable variable("JSIMD_FORCENONE", "1");  // libjpeg-turbo asks for it once in a thread
  std::vector<std::string> scalar;
  std::thread([&] { scalar = digests(); }).join();
  EXPECT_EQ(scalar, kDigests);
}

TEST_F(Jpeg, IgnoresTheOrientationOfTheCamera) {
  // After the first marker, APP1: "Exif", a big-endian TIFF header, one entry: orientation (0x112), SHORT, 1 of
  // them: 6.
  const std::string exif(
      "\xff\xe1\x00\x22"
      "Exif\0\0"
      "MM\0\x2a\0\0\0\x08"
      "\0\x01"
      "\x01\x12\0\x03\0\0\0\x01\0\x06\0\0"
      "\0\0\0\0",
      36);
  std::string bytes = jpeg_of(waves(8, 24));
  const Image plain_one = read(bytes);
  bytes.insert(2, exif);
  const Image turned = read(bytes);
  EXPECT_EQ(turned.width, 24);
  EXPECT_EQ(turned.rgb, plain_one.rgb);
}

TEST_F(Jpeg, RefusesColoursOfPrinters) {
  JpegSetting setting;
  setting.channels = 4;
  EXPECT_EQ(read_error(jpeg_of(waves(8, 8), setting)), "JPEG file of CMYK found; allowed grey, YCbCr and RGB");
  std::string bytes = jpeg_of(waves(8, 8), setting);
  bytes[bytes.find("Adobe") + 11] = 2;  // the transform that it names
  EXPECT_EQ(read_error(bytes), "JPEG file of YCCK (CMYK) found; allowed grey, YCbCr and RGB");
}

TEST_F(Jpeg, RefusesKindsThatAreNotDecoded) {
  std::string bytes = jpeg_of(waves(8, 8));
  bytes[marker(bytes, kBaseline) + 2] = 12;
  EXPECT_EQ(
      read_error(bytes),
      "JPEG file of another kind found (Unsupported JPEG data precision 12); allowed baseline and progressive of 8 "
      "bits");
  bytes = jpeg_of(waves(8, 8));
  bytes[marker(bytes, kBaseline) - 1] = '\xc3';  // lossless
  EXPECT_EQ(
      read_error(bytes),
      "JPEG file of another kind found (Unsupported JPEG process: SOF type 0xc3); allowed baseline and progressive "
      "of 8 bits");
}

TEST_F(Jpeg, RefusesASideOfMoreThan8192Pixels) {
  EXPECT_EQ(read(jpeg_of(plain(1, 8192, {9, 9, 9}))).width, 8192);
  for (const auto& [at, text] : {std::make_pair(3, "8 x 8193"), std::make_pair(5, "8193 x 8")}) {
    std::string bytes = jpeg_of(waves(8, 8));
    const std::size_t side = marker(bytes, kBaseline) + static_cast<std::size_t>(at);
    bytes[side] = '\x20';
    bytes[side + 1] = '\x01';
    EXPECT_EQ(read_error(bytes),
              "an image of " + std::string(text) + " pixels (width x height) found; at most 8192 a side allowed");
  }
}

TEST_F(Jpeg, RefusesAFileThatIsNotThere) {
  EXPECT_EQ(error_of([] { read_jpeg("no/such.jpg"); }), "no/such.jpg: cannot be read");
}

TEST_F(Jpeg, RefusesATruncatedFileAllOverItsLength) {
  for (const JpegSetting& setting : {JpegSetting(), progressive()}) {
    const std::string whole = jpeg_of(waves(24, 24), setting);
    for (std::size_t length = 0; length < whole.size(); length += length + 40 < whole.size() ? 17 : 1) {
      ASSERT_EQ(read_error(whole.substr(0, length)).substr(0, 19), "damaged JPEG file (") << length;
    }
  }
  const std::string whole = jpeg_of(waves(24, 24));
  EXPECT_EQ(read_error(whole.substr(0, whole.size() / 2 + 200)), "damaged JPEG file (Premature end of JPEG file)");
}

TEST_F(Jpeg, CountsWhatLibjpegWarnsOfAsDamage) {
  std::string bytes = jpeg_of(waves(24, 24));
  bytes.insert(bytes.size() - 2, "rest");  // before the end marker
  // How many of them it counts depends on how far it has read ahead.
  EXPECT_NE(read_error(bytes).find("extraneous bytes before marker 0xd9)"), std::string::npos);
}

TEST_F(Jpeg, OfAlteredBytesIsAnImageOrDamaged) {
  JpegSetting restarts;
  restarts.restart_rows = 1;
  int damaged = 0;
  int read = 0;
  for (const JpegSetting& setting : {JpegSetting(), progressive(), restarts}) {
    const std::string whole = jpeg_of(waves(24, 24), setting);
    for (std::size_t offset = 0; offset < 97; ++offset) {
      std::string bytes = whole;
      for (std::size_t i = offset; i < bytes.size(); i += 97) bytes[i] = static_cast<char>(~bytes[i]);
      const std::string message = read_error(bytes);
      if (message == "no error") {
        ++read;
      } else {
        ++damaged;
        ASSERT_EQ(message.find('\n'), std::string::npos);
      }
    }
    for (std::size_t i = 0; i < whole.size(); i += 13) {  // one byte alone: checksums are not in the format
      std::string bytes = whole;
      bytes[i] = static_cast<char>(bytes[i] ^ (1 << i % 8));
      read_error(bytes) == "no error" ? ++read : ++damaged;
    }
  }
  EXPECT_GT(damaged, 250);
  EXPECT_GT(read, 50);
}

}  // namespace
}  // namespace lacuna

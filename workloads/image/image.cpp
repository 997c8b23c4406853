// SPDX-License-Identifier: Apache-2.0
#include "workloads/image/image.hpp"

#include <array>
#include <cstdio>
#include <fstream>

#include "hw/base/error.hpp"
#include "workloads/image/jpeg_reader.hpp"
#include "workloads/image/png_reader.hpp"

namespace lacuna {

Image blank_image(const std::string& file, std::int64_t height, std::int64_t width) {
  if (height > kLargestImageSide || width > kLargestImageSide) {
    fail_input(file + ": an image of " + std::to_string(width) + " x " + std::to_string(height) +
               " pixels (width x height) found; at most " + std::to_string(kLargestImageSide) + " a side allowed");
  }
  Image image;
  image.height = height;
  image.width = width;
  image.rgb.resize(static_cast<std::size_t>(height * width * 3));
  return image;
}

std::vector<std::uint8_t*> rows_of(Image& image) {
  std::vector<std::uint8_t*> rows;
  for (std::int64_t y = 0; y < image.height; ++y) rows.push_back(image.rgb.data() + y * image.width * 3);
  return rows;
}

Image read_image(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) fail_input(file + ": cannot be read");
  std::array<char, 8> start = {};
  in.read(start.data(), start.size());
  const std::string found(start.data(), static_cast<std::size_t>(in.gcount()));
  if (is_png(found)) return read_png(file);
  if (is_jpeg(found)) return read_jpeg(file);
  std::string bytes;
  for (const char c : found) {
    char text[8];
    std::snprintf(text, sizeof text, " %02x", static_cast<unsigned>(static_cast<unsigned char>(c)));
    bytes += text;
  }
  fail_input(file + ": no image, found " + (bytes.empty() ? "an empty file" : "a file that begins with" + bytes) +
             "; allowed PNG and JPEG files");
}

}  // namespace lacuna

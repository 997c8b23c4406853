// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lacuna {

/// Width and height of an image file, in pixels, at most.
constexpr std::int64_t kLargestImageSide = 8192;

/// An 8-bit RGB image: rows from top to bottom, red, green, blue of each pixel side by side.
struct Image {
  std::int64_t height = 0;
  std::int64_t width = 0;
  std::vector<std::uint8_t> rgb;
};

/// Room for an image of that size, all samples zero. Throws Error (bad_input) naming the file where a side has more
/// than kLargestImageSide pixels.
Image blank_image(const std::string& file, std::int64_t height, std::int64_t width);

/// The start of each row, top to bottom, for a decoder to write to.
std::vector<std::uint8_t*> rows_of(Image& image);

/// Reads a PNG or JPEG file; its first bytes tell which, not its name. Throws Error (bad_input) naming the file where
/// it cannot be read or is neither, and as read_png and read_jpeg do.
Image read_image(const std::string& file);

}  // namespace lacuna

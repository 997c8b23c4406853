// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lacuna {

/// An 8-bit RGB image: rows from top to bottom, red, green, blue of each pixel side by side.
struct Image {
  std::int64_t height = 0;
  std::int64_t width = 0;
  std::vector<std::uint8_t> rgb;
};

/// Reads a PNG file. Grey and palette images become RGB; samples are taken as they are, without any colour management,
/// so that they are the same on every host. Throws Error (bad_input) naming the file where it is missing, no PNG,
/// damaged, larger than 8192 pixels a side, or has an alpha channel, transparency or 16-bit samples.
Image read_png(const std::string& file);

}  // namespace lacuna

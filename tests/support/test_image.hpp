// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "workloads/image/image.hpp"

namespace lacuna {

/// What libjpeg's encoder is told.
struct JpegSetting {
  int quality = 90;
  bool progressive = false;
  int chroma = 2;    ///< pixels per chroma sample, in both directions
  int channels = 3;  ///< 3: YCbCr of RGB; 1: grey, of the red samples; 4: CMYK
  int restart_rows = 0;
};

/// The bytes of a JPEG file of an image.
std::string jpeg_of(const Image& image, const JpegSetting& setting = {});

/// An image of smooth waves with some noise, from a seed: what encoders are made for.
Image waves(std::int64_t height, std::int64_t width, std::uint32_t seed = 1);

/// An image of one colour.
Image plain(std::int64_t height, std::int64_t width, const std::vector<std::uint8_t>& rgb);

}  // namespace lacuna

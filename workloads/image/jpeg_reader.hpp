// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "workloads/image/image.hpp"

namespace lacuna {

/// Whether a file that starts with these bytes is a JPEG file.
bool is_jpeg(const std::string& start);

/// Reads a baseline or progressive JPEG file of 8-bit grey, YCbCr or RGB; grey becomes RGB. Samples are taken as they
/// are, without any colour management, and the orientation that a camera may have noted (EXIF) is ignored.
///
/// Decoded with the accurate integer inverse DCT of libjpeg-turbo, its smooth upsampling of chroma and its integer
/// colour conversion: for what encoders write, the same bits with and without vector instructions. Nothing is made up
/// for data that is missing.
///
/// Throws Error (bad_input) naming the file where it is missing, no JPEG, larger than kLargestImageSide, of other
/// colours (CMYK, YCCK), of a kind that is not decoded (12 bits, lossless), or damaged; everything that libjpeg warns
/// of counts as damage.
Image read_jpeg(const std::string& file);

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "workloads/image/image.hpp"

namespace lacuna {

/// Whether a file that starts with these bytes is a PNG file.
bool is_png(const std::string& start);

/// Reads a PNG file. Grey and palette images become RGB, samples of 16 bits the nearest of 8 (x 255 / 65535); they are
/// taken as they are, without any colour management, so that they are the same on every host. Throws Error (bad_input)
/// naming the file where it is missing, no PNG, damaged, larger than kLargestImageSide, or has an alpha channel or
/// transparency: what lies behind it is not in the file.
Image read_png(const std::string& file);

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "hw/base/span.hpp"

namespace lacuna {

/// SHA-256 (FIPS 180-4) of the bytes, as 64 lower-case hexadecimal digits.
std::string sha256_hex(Span<const unsigned char> bytes);

/// SHA-256 of a file's contents. Throws Error (bad_input) naming the file when it cannot be read.
std::string sha256_of_file(const std::string& path);

}  // namespace lacuna

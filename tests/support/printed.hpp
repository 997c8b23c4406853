// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <cstdio>
#include <string>

namespace lacuna {

/// A figure as a page prints it: with so many decimals.
inline std::string printed(double value, int decimals) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", decimals, value);
  return text;
}

/// A whole number with commas between thousands.
inline std::string with_commas(std::int64_t value) {
  std::string digits = std::to_string(value);
  for (std::size_t left = digits.size(); left > 3; left -= 3) digits.insert(left - 3, ",");
  return digits;
}

}  // namespace lacuna

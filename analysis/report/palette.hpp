// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace lacuna {

/// Names in the order in which they are stacked (those that the palette knows first, from DRAM to leakage; then the
/// others as they come), each with its colour. The same name has the same colour in every chart.
struct Hue {
  std::string name;
  std::string colour;  ///< "#rrggbb"
};
std::vector<Hue> hues_of(const std::vector<std::string>& names);

/// Colours that stay apart for colour-blind readers, on light and on dark: for series that have no name of their own.
extern const char* const kBlue;
extern const char* const kSky;
extern const char* const kGreen;
extern const char* const kOrange;
extern const char* const kVermilion;
extern const char* const kGrey;

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include "analysis/report/palette.hpp"

#include <algorithm>

namespace lacuna {
namespace {

// Okabe and Ito's eight colours (jfly.uni-koeln.de/color, 2008) and shades of them for parts that belong together.
const std::vector<Hue>& known() {
  static const std::vector<Hue> hues = {{"dram", "#0072b2"},
                                        {"global_buffer", "#56b4e9"},
                                        {"noc", "#009e73"},
                                        {"filter_spad", "#b87300"},
                                        {"ifmap_spad", "#e69f00"},
                                        {"psum_spad", "#f3c969"},
                                        {"register", "#e69f00"},
                                        {"mac", "#d55e00"},
                                        {"adder", "#f0956b"},
                                        {"codec", "#cc79a7"},
                                        {"post_processing", "#8e6bb0"},
                                        {"clock", "#a3a3a3"},
                                        {"leakage", "#6f7b8a"},
                                        {"static", "#6f7b8a"},
                                        // What becomes of a MAC, and causes of stalls.
                                        {"performed", "#d55e00"},
                                        {"gated", "#56b4e9"},
                                        {"skipped", "#009e73"},
                                        {"link", "#0072b2"},
                                        {"filter", "#b87300"},
                                        {"ifmap", "#e69f00"},
                                        {"psum", "#f3c969"},
                                        {"idle or filler", "#a3a3a3"},
                                        {"processing", "#e69f00"},
                                        {"waiting for DRAM", "#0072b2"}};
  return hues;
}

// Okabe and Ito's yellow, then Tol's "bright" and "muted" schemes where they differ from the above.
const std::vector<std::string> kOthers = {"#f0e442", "#aa3377", "#44aa99", "#882255", "#999933", "#332288", "#ee99aa"};

}  // namespace

const char* const kBlue = "#0072b2";
const char* const kSky = "#56b4e9";
const char* const kGreen = "#009e73";
const char* const kOrange = "#e69f00";
const char* const kVermilion = "#d55e00";
const char* const kGrey = "#a3a3a3";

std::vector<Hue> hues_of(const std::vector<std::string>& names) {
  std::vector<Hue> hues;
  for (const Hue& hue : known()) {
    if (std::find(names.begin(), names.end(), hue.name) != names.end()) hues.push_back(hue);
  }
  std::size_t others = 0;
  for (const std::string& name : names) {
    const bool has = std::any_of(hues.begin(), hues.end(), [&](const Hue& hue) { return hue.name == name; });
    if (!has) hues.push_back({name, kOthers[others++ % kOthers.size()]});
  }
  return hues;
}

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include "sim/cli/wave.hpp"

#include <algorithm>
#include <regex>
#include <vector>

#include "sim/config/choice.hpp"

namespace lacuna {

WaveWindow parse_wave(const std::string& text, const Experiment& experiment) {
  constexpr std::int64_t kLongest = 1'000'000;  // a VCD of so many cycles has gigabytes
  static const std::regex form("([^:]+):([0-9]{1,15})-([0-9]{1,15})");
  std::smatch match;
  if (!std::regex_match(text, match, form)) {
    fail_input("--wave " + text + ": not a window of cycles; allowed LAYER:FIRST-LAST, such as conv1:0-2000");
  }
  const WaveWindow window = {match[1], std::stoll(match[2]), std::stoll(match[3])};
  if (window.last_cycle < window.first_cycle || window.last_cycle - window.first_cycle >= kLongest) {
    fail_input("--wave " + text + ": allowed 1 to 1000000 cycles, first and last included");
  }
  std::vector<std::string> layers;
  for (const Layer* layer : experiment.simulated_layers()) layers.push_back(layer->name);
  if (std::find(layers.begin(), layers.end(), window.layer) == layers.end()) {
    fail_choice("--wave " + text + ": layer is not simulated", window.layer, layers);
  }
  return window;
}

}  // namespace lacuna

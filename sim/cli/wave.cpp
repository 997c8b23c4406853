// SPDX-License-Identifier: Apache-2.0
#include "sim/cli/wave.hpp"

#include <algorithm>
#include <fstream>
#include <regex>
#include <vector>

#include "sim/config/choice.hpp"

namespace lacuna {

WaveWindow parse_wave(const std::string& text, const Experiment& experiment) {
  if (experiment.run.level != "clocked") {
    fail_input("--wave " + text + ": the event model has no signals, found --level " + experiment.run.level +
               "; allowed --level clocked");
  }
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

OutputFile wave_file(const WaveWindow& window) {
  OutputFile file;
  file.name = window.layer + ".vcd";
  file.written_as = window.layer + ".partial.vcd";
  return file;
}

void check_wave(const std::string& folder, const WaveWindow& window) {
  constexpr std::streamoff kLastLine = 24;  // "#" and a time of at most 20 digits
  const OutputFile file = wave_file(window);
  std::ifstream stream(folder + "/" + file.written_as, std::ios::binary | std::ios::ate);
  stream.seekg(-std::min<std::streamoff>(kLastLine, stream.tellg()), std::ios::end);
  const std::string tail{std::istreambuf_iterator<char>(stream), {}};
  if (std::regex_search(tail, std::regex("\n#[0-9]+\n$"))) return;
  fail_run(folder + "/" + file.name + ": cannot be written; no result was written");
}

}  // namespace lacuna

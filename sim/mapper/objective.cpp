// SPDX-License-Identifier: Apache-2.0
#include "sim/mapper/objective.hpp"

#include <stdexcept>

namespace lacuna {

const std::vector<Objective>& objectives() {
  static const std::vector<Objective> all = {
      {"dram_then_buffer", "words of DRAM, then of the global buffer", false, true,
       [](const MappingFigures& f) {
         return Score{static_cast<double>(f.dram_words), static_cast<double>(f.buffer_words)};
       }},
      {"cycles", "total cycles, the DRAM link included, then words of DRAM", false, false,
       [](const MappingFigures& f) {
         return Score{static_cast<double>(f.total_cycles), static_cast<double>(f.dram_words)};
       }},
      {"energy", "energy of chip and DRAM, then total cycles", true, false,
       [](const MappingFigures& f) {
         return Score{f.energy_pj, static_cast<double>(f.total_cycles)};
       }},
      {"edp", "energy of chip and DRAM times total time, then total cycles", true, false,
       [](const MappingFigures& f) {
         return Score{f.energy_pj * f.total_ms, static_cast<double>(f.total_cycles)};
       }},
  };
  return all;
}

std::vector<std::string> objective_names() {
  std::vector<std::string> names;
  for (const Objective& objective : objectives()) names.push_back(objective.name);
  return names;
}

const Objective& objective_named(const std::string& name) {
  for (const Objective& objective : objectives()) {
    if (objective.name == name) return objective;
  }
  throw std::logic_error("no objective is named '" + name + "'");
}

}  // namespace lacuna

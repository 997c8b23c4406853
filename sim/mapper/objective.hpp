// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lacuna {

/// What a mapping of a layer is ranked by, by closed form or as simulated.
struct MappingFigures {
  std::int64_t dram_words = 0;    ///< uncompressed; as simulated, the same
  std::int64_t buffer_words = 0;  ///< between global buffer and array, but for filters
  std::int64_t total_cycles = 0;  ///< the DRAM link included
  double total_ms = 0.0;
  double energy_pj = 0.0;  ///< chip and DRAM; 0 where the objective needs none
};

/// The lower, the better; `second` decides where `first` is equal.
struct Score {
  double first = 0.0;
  double second = 0.0;
  bool operator<(const Score& o) const { return first < o.first || (first == o.first && second < o.second); }
};

/// Something to make least. A score never falls when a figure rises.
struct Objective {
  std::string name;
  std::string meaning;
  bool priced = false;  ///< it needs energies
  bool exact = false;   ///< its figures are exact by closed form: nothing is simulated
  Score (*score)(const MappingFigures& figures) = nullptr;
};

const std::vector<Objective>& objectives();
std::vector<std::string> objective_names();
/// The objective of that name, which there is.
const Objective& objective_named(const std::string& name);

}  // namespace lacuna

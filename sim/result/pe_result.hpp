// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace lacuna {

/// What one PE did in one layer. performed + gated + stall cycles + idle = cycles from the start of the layer to the
/// end of its last pass; filler is part of performed and gated. A PE that the mapping does not cover was idle all the
/// time.
struct PeResult {
  std::int64_t row = 0;
  std::int64_t column = 0;
  std::int64_t performed = 0;
  std::int64_t gated = 0;
  std::int64_t filler = 0;
  std::vector<std::int64_t> stall_cycles;  ///< by the layer's causes
  std::int64_t idle_cycles = 0;
};

/// The PEs of the array in one layer, row by row.
struct LayerPes {
  std::string layer;
  std::vector<std::string> stall_causes;
  std::vector<PeResult> pes;
};

/// pes.csv: a header and one row per layer and PE; what a row has no number for is an empty cell.
std::string pes_csv(const std::vector<LayerPes>& layers);

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace lacuna {

/// What one PE did in one layer; MACs and cycles. performed and gated include filler.
struct PeRow {
  int row = 0;
  int column = 0;
  double performed = 0.0;
  double gated = 0.0;
  double filler = 0.0;
  double stalled = 0.0;  ///< by all causes
  double idle = 0.0;
};

/// The PEs of one layer.
struct PeLayer {
  std::string name;
  std::vector<PeRow> rows;
};

/// A pes.csv: what every PE did in every layer.
struct PeTable {
  std::vector<PeLayer> layers;
  int rows = 0;     ///< of the array
  int columns = 0;  ///< of the array
  /// The layer of that name, or nullptr.
  const PeLayer* find(const std::string& name) const;
};

/// Reads a pes.csv. Throws Error (bad_input), with file and line, for one that is damaged.
PeTable read_pe_table(const std::string& file);

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace lacuna {

/// What a result file says about one layer, in the units of papers.
struct MeasuredLayer {
  std::string file;
  std::string layer;
  std::string mapping;
  double batch = 0.0;
  double active_pes = 0.0;
  double processing_ms = 0.0;
  double total_ms = 0.0;
  double global_buffer_mb = 0.0;  ///< read + written, decimal MB
  double dram_mb = 0.0;
  double ifmap_zeros_percent = 0.0;
  double power_mw = 0.0;
};

/// A result file.
struct MeasuredRun {
  std::string file;
  std::string chip;
  std::string network;
  std::vector<std::string> labels;
  std::vector<MeasuredLayer> layers;
};

/// Reads a result.json. Throws Error (bad_input) with file and place.
MeasuredRun read_measured(const std::string& file);

}  // namespace lacuna

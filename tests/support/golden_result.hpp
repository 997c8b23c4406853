// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace lacuna {

/// Figures of one layer in a committed result.
struct GoldenLayer {
  std::int64_t processing_cycles = 0;
  std::int64_t total_cycles = 0;
  std::int64_t macs_total = 0;
  std::int64_t active_pes = 0;
  double processing_ms = 0.0;
  double global_buffer_mb = 0.0;
  double energy_chip_pj = 0.0;
};

/// Of tests/golden/eyeriss_table_v/NAME.json. Throws std::runtime_error where there is no such layer.
GoldenLayer golden_layer(const std::string& name, const std::string& layer);

}  // namespace lacuna

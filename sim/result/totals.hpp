// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "hw/base/field.hpp"
#include "sim/result/layer_result.hpp"

namespace lacuna {

/// Sums over some layers of a run, and what follows from the sums.
struct Totals : Described {
  std::int64_t layers = 0;  ///< that ran on the array
  std::int64_t batch = 0;
  std::int64_t processing_cycles = 0;
  std::int64_t total_cycles = 0;
  double processing_ms = 0.0;
  double total_ms = 0.0;
  double images_per_second = 0.0;
  std::int64_t macs_total = 0;
  std::int64_t macs_performed = 0;
  std::int64_t macs_gated = 0;
  std::int64_t macs_skipped = 0;
  std::int64_t dram_read_bytes = 0;
  std::int64_t dram_write_bytes = 0;
  std::int64_t global_buffer_read_bytes = 0;
  std::int64_t global_buffer_write_bytes = 0;
  std::map<std::string, double> energy_pj;
  double energy_chip_pj = 0.0;
  double energy_dram_pj = 0.0;
  double energy_total_pj = 0.0;
  double energy_chip_low_pj = 0.0;
  double energy_chip_high_pj = 0.0;
  double energy_total_low_pj = 0.0;
  double energy_total_high_pj = 0.0;
  double energy_chip_per_image_mj = 0.0;
  double energy_total_per_image_mj = 0.0;
  double power_chip_mw = 0.0;
  bool energy_extrapolated = false;

  void describe(FieldVisitor& v) override;
};

enum class LayerChoice { conv_layers, all_layers };

/// Totals over the conv layers, or over all layers that ran on the array (host layers take no time of the chip).
Totals totals_of(const std::vector<LayerResult>& layers, LayerChoice choice);

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <string>

#include "hw/base/field.hpp"
#include "sim/energy/prices.hpp"

namespace lacuna {

/// Everything that a run says about one layer, for the whole batch. The first part is what the machine counted and the
/// run set; the second is worked out from it by `derive`.
struct LayerResult : Described {
  std::string name;
  std::string kind;  ///< "conv", "fc", or "host:KIND" for what the chip leaves to the host
  std::int64_t batch = 1;
  std::int64_t weight_bits = 0;
  std::int64_t activation_bits = 0;
  std::int64_t processing_cycles = 0;
  std::int64_t total_cycles = 0;
  std::int64_t macs_total = 0;
  std::int64_t macs_performed = 0;
  std::int64_t macs_gated = 0;
  std::int64_t macs_skipped = 0;
  std::int64_t active_pes = 0;
  double ifmap_zero_fraction = 0.0;
  double ifmap_zero_fraction_unpadded = 0.0;
  double weight_zero_fraction = 0.0;
  std::int64_t weight_dense_bits = 0;
  std::int64_t weight_stored_bits = 0;
  std::int64_t dram_read_bytes = 0;
  std::int64_t dram_write_bytes = 0;
  std::int64_t global_buffer_read_bytes = 0;
  std::int64_t global_buffer_write_bytes = 0;
  std::map<std::string, std::int64_t> counts;
  std::map<std::string, std::int64_t> stall_cycles;
  double sqnr_db = std::numeric_limits<double>::quiet_NaN();  ///< not a number: no error, or nothing to compare with
  std::string output_sha256;

  double processing_ms = 0.0;
  double total_ms = 0.0;
  double spatial_utilization = 0.0;
  std::int64_t macs_per_issue = 1;    ///< of a PE, side by side
  std::int64_t cycles_per_issue = 1;  ///< from one issue of a PE to the next
  double mac_utilization = 0.0;
  std::map<std::string, double> energy_pj;
  double energy_chip_pj = 0.0;
  double energy_dram_pj = 0.0;
  double energy_total_pj = 0.0;
  double energy_chip_low_pj = 0.0;
  double energy_chip_high_pj = 0.0;
  double energy_total_low_pj = 0.0;
  double energy_total_high_pj = 0.0;
  double power_chip_mw = 0.0;
  bool energy_extrapolated = false;

  /// In the order of files and tables.
  void describe(FieldVisitor& v) override;
  bool on_host() const;
};

/// A layer that the chip leaves to the host (pooling, LRN, softmax): named, with no cycles and no energy.
LayerResult host_layer(const std::string& name, const std::string& kind, std::int64_t batch);

/// The core that a layer ran on.
struct CoreFigures {
  std::int64_t clock_khz = 0;
  std::int64_t pes = 0;
};

/// Fills in times, utilisations, energies and power of a layer that ran on the array.
void derive(LayerResult& layer, const CoreFigures& core, const Prices& prices);

}  // namespace lacuna

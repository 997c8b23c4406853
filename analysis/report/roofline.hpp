// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "analysis/report/result_document.hpp"

namespace lacuna {

/// One layer against its roofs.
struct RooflinePoint {
  std::string layer;
  std::string kind;
  double macs_per_byte = 0.0;   ///< operational intensity: algebraic MACs per byte of DRAM traffic, as stored
  double macs_per_cycle = 0.0;  ///< algebraic MACs per core cycle, total cycles
};

/// The roofline of a chip and where the layers of a result are below it.
struct Roofline {
  double peak_macs_per_cycle = 0.0;   ///< PEs, at one MAC per cycle each
  double link_bytes_per_cycle = 0.0;  ///< of the DRAM link, per core cycle
  std::vector<RooflinePoint> points;  ///< layers that ran on the array and moved words of DRAM

  /// The most MACs per cycle at that intensity.
  double roof(double macs_per_byte) const;
  /// Intensity at which the two roofs meet.
  double ridge() const { return peak_macs_per_cycle / link_bytes_per_cycle; }
};

/// The roofs are those of /config/chip: dram_link, core_clock_khz, and the PEs of the array.
Roofline roofline_of(const ResultDocument& result);

}  // namespace lacuna

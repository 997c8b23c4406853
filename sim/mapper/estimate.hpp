// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "hw/array/mapping_space.hpp"
#include "sim/mapper/mapping_request.hpp"
#include "sim/mapper/objective.hpp"

namespace lacuna {

/// From an array's closed forms to what a chip takes: the time of the DRAM link, and energy. Data are taken to have no
/// zeros and streams to be uncompressed.
class Estimator {
 public:
  explicit Estimator(const MappingRequest& request);

  MappingFigures figures(const MappingCost& cost) const;
  /// Cycles that the link takes for words of so many bits, rounded up.
  std::int64_t link_cycles(std::int64_t words, std::int64_t bits) const;
  /// Cycles in which the link moves what no pass can hide: ifmaps in, ofmaps out.
  std::int64_t exposed_link_cycles(const MappingCost& cost) const;
  /// Cycles in which it fetches filters, which passes can hide once they have sent their own.
  std::int64_t filter_link_cycles(const MappingCost& cost) const;

 private:
  double energy_pj(const MappingCost& cost, const MappingFigures& figures) const;

  MappingContext context_;
  StreamWidths widths_;
  std::int64_t core_khz_;
  std::int64_t link_khz_;
  std::int64_t link_bits_;
  /// Energy of one event each, pJ; all zero without prices.
  struct UnitEnergies {
    std::vector<double> array;  ///< of ArrayKind::events()
    double mac = 0.0;           ///< all events of a performed MAC
    double ifmap_read = 0.0;
    double ifmap_write = 0.0;
    double psum_read_and_write = 0.0;
    double filter_read = 0.0;
    double filter_write = 0.0;
    double ofmap_word = 0.0;  ///< drained, post-processed, encoded
    double decode = 0.0;
    double read_bit = 0.0;
    double write_bit = 0.0;
    double per_ms = 0.0;
    double per_cycle = 0.0;          ///< whatever the mapping covers
    double per_cycle_covered = 0.0;  ///< and this much more where it covers all PEs
  };
  UnitEnergies unit_;
  bool priced_ = false;
};

}  // namespace lacuna

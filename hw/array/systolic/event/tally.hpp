// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "hw/array/systolic/activity.hpp"
#include "hw/array/systolic/event/timing.hpp"

namespace lacuna {

/// Performed MACs of the PEs of a fold, as far as they are known by row, by column, or only one by one. What a PE did
/// is the sum of the three.
struct SystolicMacs {
  std::vector<std::int64_t> by_row;
  std::vector<std::int64_t> by_column;
  std::vector<std::int64_t> by_pe;                    ///< row by row; empty where nothing was added
  std::vector<std::int64_t> filler_by_row;            ///< issued by each PE of the row
  std::vector<std::int64_t> filler_performed_by_row;  ///< is part of by_row too

  std::int64_t& pe(std::int64_t i, std::int64_t j) {
    if (by_pe.empty()) by_pe.assign(by_row.size() * by_column.size(), 0);
    return by_pe[static_cast<std::size_t>(i) * by_column.size() + static_cast<std::size_t>(j)];
  }
};

/// Counts of all PEs of a layer without visiting them pass by pass: passes that cover the same corner of the array are
/// summed up, and PEs are told apart at the end.
class SystolicTally {
 public:
  explicit SystolicTally(const SystolicArrayShape& array) : array_(array) {}

  /// Books the edges of the next pass, and gives the MACs of all passes of its size to add to.
  SystolicMacs& add(const SystolicFold& fold, const SystolicPassEdges& edges);
  /// Row by row.
  std::vector<SystolicPeCounts> pes() const;

 private:
  /// The passes that cover rows x columns PEs.
  struct Corner {
    std::int64_t busy = 0;
    std::int64_t issued = 0;  ///< MACs, by each PE
    std::int64_t load = 0;
    std::int64_t skew = 0;
    std::int64_t weight = 0;
    std::int64_t link_until = 0;  ///< edges of waiting for the link before the last of them
    SystolicMacs macs;
  };

  SystolicPeCounts counts_of(std::int64_t i, std::int64_t j) const;

  const SystolicArrayShape array_;
  std::map<std::pair<std::int64_t, std::int64_t>, Corner> corners_;  ///< by rows and columns
  std::int64_t edges_ = 0;
  std::int64_t link_ = 0;
};

}  // namespace lacuna

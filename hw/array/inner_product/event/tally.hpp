// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/array/inner_product/activity.hpp"
#include "hw/array/inner_product/schedule.hpp"
#include "hw/array/lane_tally.hpp"

namespace lacuna {

/// Counts what the PEs do, pass by pass, without visiting MACs: all units of a window do the same but for the filters
/// that they have, and for weights that gate.
class InnerProductTally : public LaneTally<InnerProductPeCounts> {
 public:
  InnerProductTally(const InnerProductSchedule& schedule, const Mac& mac, const EventBuffer& operands,
                    bool record_passes);

  /// Books the next pass, which waits for its filters to be decoded for so long.
  void add(const TiledPass& pass, const InnerProductDeal& deal, const PassRecord& record, std::int64_t wait);

 private:
  /// What the windows of units meet in a fold: by tap, then window.
  struct Meetings {
    std::vector<std::int64_t> pixels;
    std::vector<std::int64_t> live;  ///< of them, with an activation that is not zero
  };
  /// The same by PE row, for one filter.
  struct Rows {
    std::vector<std::int64_t> issues;  ///< steps with a word for the lane
    std::vector<std::int64_t> macs;
    std::vector<std::int64_t> zeros;  ///< of them, with an activation that gates
    std::vector<std::int64_t> held;   ///< steps that a window takes: by window
  };
  Meetings meet(const TiledPass& pass, const InnerProductDeal& deal, std::int64_t fold) const;
  void meet_all(const TiledPass& pass, const InnerProductDeal& deal, Meetings& meetings) const;
  void meet_in_turn(const TiledPass& pass, const InnerProductDeal& deal, std::int64_t fold, Meetings& meetings) const;
  Rows rows_of(const InnerProductDeal& deal, const Meetings& meetings) const;
  void add_fold(const InnerProductDeal& deal, const Rows& rows, std::int64_t fold, Span& span);
  void add_gated_by_weight(const TiledPass& pass, const InnerProductDeal& deal, const Meetings& meetings,
                           std::int64_t fold);
  void add_waits(const InnerProductDeal& deal, const std::vector<std::int64_t>& held, Span& span);
  std::int64_t row(std::int64_t window, std::int64_t lane) const { return window * schedule_.array.lanes + lane; }

  const InnerProductSchedule& schedule_;
};

}  // namespace lacuna

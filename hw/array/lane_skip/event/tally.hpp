// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "hw/array/lane_skip/activity.hpp"
#include "hw/array/lane_skip/event/lane_times.hpp"
#include "hw/array/lane_tally.hpp"

namespace lacuna {

/// Counts what the PEs do, pass by pass, without visiting MACs: all PEs of a lane do the same but for the filters that
/// they have, and for weights that gate.
class LaneSkipTally : public LaneTally<LaneSkipPeCounts> {
 public:
  LaneSkipTally(const LaneSkipSchedule& schedule, const Mac& mac, const EventBuffer& operands, bool record_passes);

  /// Books the next pass, each of whose folds is like this one; it waits for its filters to be decoded for so long.
  void add(const TiledPass& pass, const LaneSkipDeal& deal, const LaneSkipFold& fold, const PassRecord& record,
           std::int64_t wait);

 private:
  void add_gated(const TiledPass& pass, const LaneSkipDeal& deal);

  const LaneSkipSchedule& schedule_;
};

}  // namespace lacuna

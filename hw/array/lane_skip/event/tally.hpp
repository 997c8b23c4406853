// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/array/array_activity.hpp"
#include "hw/array/event_buffer.hpp"
#include "hw/array/lane_skip/activity.hpp"
#include "hw/array/lane_skip/event/lane_times.hpp"
#include "hw/array/pass_record.hpp"
#include "hw/mac/mac.hpp"

namespace lacuna {

/// Counts what the PEs do, pass by pass, without visiting MACs: all PEs of a lane do the same but for the filters that
/// they have, and for weights that gate.
class LaneSkipTally {
 public:
  LaneSkipTally(const LaneSkipSchedule& schedule, const Mac& mac, const EventBuffer& operands, bool record_passes);

  /// Books the next pass, each of whose folds is like this one; it waits for its filters to be decoded for so long.
  void add(const TiledPass& pass, const LaneSkipDeal& deal, const LaneSkipFold& fold, const PassRecord& record,
           std::int64_t wait);

  /// Row by row.
  std::vector<LaneSkipPeCounts> pes() const;
  /// What all PEs did in the span of each pass, where passes are recorded.
  std::vector<PassActivity> pass_activity() const;

 private:
  /// One pass as far as its span depends on it.
  struct Span {
    PassRecord record;
    std::int64_t lanes = 0;
    std::int64_t columns = 0;
    std::int64_t brick = 0;  ///< PE edges
    std::int64_t lane = 0;
    std::int64_t issued = 0;
    std::int64_t wait = 0;  ///< edges, for a decoder
  };

  void add_gated(const TiledPass& pass, const LaneSkipDeal& deal);
  LaneSkipPeCounts& pe(std::int64_t lane, std::int64_t column) {
    return pes_[static_cast<std::size_t>(lane * schedule_.array.columns + column)];
  }

  const LaneSkipSchedule& schedule_;
  const Mac& mac_;
  const EventBuffer& operands_;
  const bool record_passes_;
  std::vector<LaneSkipPeCounts> pes_;  ///< without idle
  std::int64_t edges_ = 0;
  std::int64_t link_ = 0;
  std::int64_t weight_ = 0;
  std::vector<Span> spans_;
};

}  // namespace lacuna

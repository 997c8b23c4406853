// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "hw/array/event_buffer.hpp"
#include "hw/array/lane_skip/event/timing.hpp"
#include "hw/array/lane_skip/schedule.hpp"

namespace lacuna {

/// What one fold of a pass takes: the same in every fold.
struct LaneSkipFold {
  std::int64_t edges = 0;
  std::vector<std::int64_t> issued;  ///< edges of each lane on a neuron
  std::vector<std::int64_t> empty;   ///< and on bricks without a non-zero
};

/// Times the lanes of a fold from counted non-zeros: every word of the ifmap is looked at once per brick that it is in,
/// and every window adds up the counts of the bricks under it.
class LaneSkipLaneTimes {
 public:
  LaneSkipLaneTimes(const LaneSkipSchedule& schedule, const LaneSkipTimingParameters& parameters,
                    const EventBuffer& operands);

  /// Of a pass whose words lie in the global buffer.
  LaneSkipFold fold(const TiledPass& pass);

 private:
  using Counts = std::vector<std::int32_t>;  ///< by row and column of the ofmap tile, in the pitch of PhasePlanes

  LaneSkipFold base_fold(const LaneSkipDeal& deal, std::int64_t windows) const;
  void count_bricks(const TiledPass& pass, const LaneSkipDeal& deal, std::int64_t image);
  void add_image(const TiledPass& pass, const LaneSkipDeal& deal, LaneSkipFold& fold);
  /// Those of the array and of its timing, which differ in tests of the tests.
  std::int64_t all_lanes() const { return std::max(array_.lanes, schedule_.array.lanes); }
  void take_windows(const FeatureTile& ofmap, LaneSkipFold& fold);

  const LaneSkipSchedule& schedule_;
  const LaneSkipTimingParameters parameters_;
  const LaneSkipShape array_;
  const EventBuffer& operands_;
  const PhaseLayout layout_;                       ///< of one channel
  std::vector<std::vector<std::uint8_t>> bricks_;  ///< non-zeros of each block of channels, as laid out
  std::vector<Counts> times_;                      ///< of each lane
  std::vector<Counts> neurons_;
  std::vector<std::int64_t> spent_;  ///< by each lane, where lanes do not wait at the end of a window
};

}  // namespace lacuna

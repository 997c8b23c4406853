// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "hw/array/row_stationary/schedule.hpp"
#include "hw/memory/event_weight_decoder.hpp"

namespace lacuna {

/// By how much the filters of a pass come later than one beat an edge from its start on.
struct FilterArrival {
  std::int64_t delay = 0;  ///< edges, of the last beat: so many the bus waited
  /// Per row of PEs (set, chain position): edges by which its own last beat is less late than that.
  std::vector<std::int64_t> early;
};

/// Filters that come from a weight decoder. A pass waits for its last filter beat before it does anything else, so one
/// that gets it `delay` edges late does all that follows as if it had started so much later.
class FilterArrivals {
 public:
  /// `decoder` null: words come from the global buffer, never late.
  FilterArrivals(const RowStationarySchedule& schedule, std::int64_t lanes, EventWeightDecoder* decoder,
                 const WeightDecoderTiming& timing)
      : schedule_(schedule), lanes_(lanes), decoder_(decoder), timing_(timing), reader_(std::to_string(lanes)) {}

  /// Of a pass whose filter tile lies in the weight memory.
  FilterArrival next(const RowStationaryPass& pass);

 private:
  /// The beats of a pass, the last of each row of PEs asked for.
  const WeightBeats& beats_of(const RowStationaryPass& pass);

  const RowStationarySchedule& schedule_;
  const std::int64_t lanes_;
  EventWeightDecoder* const decoder_;
  const WeightDecoderTiming& timing_;
  const std::string reader_;                                  ///< what its beats depend on besides the tile
  std::map<std::array<std::int64_t, 4>, WeightBeats> beats_;  ///< by p, q, filters and channels
};

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <systemc>

#include "hw/array/event_array.hpp"
#include "hw/array/lane_skip/event/lane_times.hpp"
#include "hw/array/lane_skip/event/tally.hpp"

namespace lacuna {

/// The event-driven lane-skipping array: one wake per pass. Its edges and counts come from counted non-zeros; its
/// products are those of its box.
class LaneSkipEvent : public EventArray {
 public:
  LaneSkipEvent(const sc_core::sc_module_name& name, const LaneSkipSchedule& schedule, const ArraySetup& setup);

  ArrayActivity activity() const override;

 private:
  LaneSkipEvent(const sc_core::sc_module_name& name, const LaneSkipSchedule& schedule, const ArraySetup& setup,
                const LaneSkipTimingParameters& parameters);

  void run_pass(std::int64_t allowed) override;
  /// Edges of the pass, which wants so many.
  void time(const TiledPass& pass, std::int64_t edges, std::int64_t allowed);
  void count_events(const TiledPass& pass, const LaneSkipDeal& deal, const LaneSkipFold& fold);

  const LaneSkipSchedule& schedule_;
  const LaneSkipShape array_;  ///< as its timing has it
  const TileStoreTiming store_;
  EventTileWriter* const tile_writer_;  ///< null: words come from the global buffer
  LaneSkipLaneTimes times_;
  LaneSkipTally tally_;
  LaneSkipEvents events_;
  TileArrival arrival_;  ///< of the filters of the running pass
};

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <systemc>

#include "hw/array/event_array.hpp"
#include "hw/array/inner_product/event/tally.hpp"
#include "hw/array/inner_product/event/timing.hpp"

namespace lacuna {

/// The event-driven inner-product array: one wake per pass. Its edges are a closed form; its products are those of its
/// box.
class InnerProductEvent : public EventArray {
 public:
  InnerProductEvent(const sc_core::sc_module_name& name, const InnerProductSchedule& schedule, const ArraySetup& setup);

  ArrayActivity activity() const override;

 private:
  InnerProductEvent(const sc_core::sc_module_name& name, const InnerProductSchedule& schedule, const ArraySetup& setup,
                    const InnerProductTimingParameters& parameters);

  void run_pass(std::int64_t allowed) override;
  /// Edges of the pass.
  void time(const TiledPass& pass, std::int64_t allowed);
  void count_events(const TiledPass& pass, const InnerProductDeal& deal);

  const InnerProductSchedule& schedule_;
  const InnerProductShape timed_;  ///< as its timing has it
  const TileStoreTiming store_;
  EventTileWriter* const tile_writer_;  ///< null: words come from the global buffer
  InnerProductTally tally_;
  InnerProductEvents events_;
  TileArrival arrival_;  ///< of the filters of the running pass
};

}  // namespace lacuna

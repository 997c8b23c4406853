// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <systemc>

#include "hw/array/cartesian_product/event/work.hpp"
#include "hw/array/event_array.hpp"

namespace lacuna {

/// The event-driven Cartesian-product array: one wake per pass. Its edges and counts come from the places of words that
/// are not zero; its products are those of its box.
class CartesianEvent : public EventArray {
 public:
  CartesianEvent(const sc_core::sc_module_name& name, const CartesianSchedule& schedule, const ArraySetup& setup);

  ArrayActivity activity() const override;

 private:
  /// What the PEs did in the span of one pass, as far as it does not follow from its edges.
  struct Span {
    std::int64_t computed = 0;  ///< the edge at which all PEs had ended it
    std::int64_t wait = 0;      ///< edges, for a decoder
    std::int64_t lane = 0;      ///< multiplier edges
    std::int64_t bank = 0;      ///< PE edges
    std::int64_t barrier = 0;   ///< PE edges
  };

  CartesianEvent(const sc_core::sc_module_name& name, const CartesianSchedule& schedule, const ArraySetup& setup,
                 const CartesianTimingParameters& parameters);

  void run_pass(std::int64_t allowed) override;
  void time(const TiledPass& running, const CartesianPassWork& work, std::int64_t allowed);
  void count(const TiledPass& running, const CartesianPassWork& work);
  bool overlaps(std::int64_t pass) const { return array_.drain_overlap && schedule_.same_tile(pass); }
  std::vector<PassActivity> pass_activity() const;
  std::int64_t covered() const;

  const CartesianSchedule& schedule_;
  const CartesianTimingParameters parameters_;
  const CartesianShape array_;  ///< as its timing has it
  const bool record_passes_;
  EventTileWriter* const tile_writer_;  ///< null: filters come from the global buffer
  CartesianWork work_;
  TileArrival arrival_;         ///< of the filters of the running pass
  std::int64_t computed_ = -1;  ///< the edge at which all PEs have ended it
  CartesianEvents events_;
  std::vector<Span> spans_;
  std::vector<std::int64_t> pe_edges_;  ///< that each PE worked
  std::int64_t compute_edges_ = 0;
  std::int64_t link_edges_ = 0;
  std::int64_t weight_edges_ = 0;
};

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include "hw/array/inner_product/event/model.hpp"

#include "hw/array/tiled_event.hpp"

namespace lacuna {

InnerProductEvent::InnerProductEvent(const sc_core::sc_module_name& name, const InnerProductSchedule& schedule,
                                     const ArraySetup& setup)
    : InnerProductEvent(name, schedule, setup,
                        perturbed(InnerProductTimingParameters(schedule.array, decoding_of(setup)), setup)) {}

InnerProductEvent::InnerProductEvent(const sc_core::sc_module_name& name, const InnerProductSchedule& schedule,
                                     const ArraySetup& setup, const InnerProductTimingParameters& parameters)
    : EventArray(name, schedule.passes, setup),
      schedule_(schedule),
      timed_(parameters.shape),
      store_(parameters.store),
      tile_writer_(setup.event_tile_writer),
      tally_(schedule, *setup.mac, *setup.operands, setup.record_passes) {
  events_.from_store = tile_writer_ != nullptr;
}

void InnerProductEvent::run_pass(std::int64_t allowed) {
  const TiledPass& running = schedule_.pass_list[static_cast<std::size_t>(pass())];
  operands().expect(schedule_.ifmap_tile(running), running.filter_tile);
  time(running, allowed);
  psums().add(products_of(running));
  const InnerProductDeal deal = schedule_.deal(running);
  tally_.add(running, deal, record(), arrival_.wait);
  count_events(running, deal);
}

void InnerProductEvent::time(const TiledPass& pass, std::int64_t allowed) {
  const InnerProductDeal timed(timed_, schedule_.shape(), schedule_.box(pass));
  PassRecord& own = begin_pass(allowed);
  arrival_ = arrival_of(pass, store_, tile_writer_);
  own.filters_sent = own.start + (tile_writer_ != nullptr ? arrival_.written : timed.last_issue());
  end_pass(own.start + arrival_.wait + timed.edges() - 1);
}

void InnerProductEvent::count_events(const TiledPass& pass, const InnerProductDeal& deal) {
  const std::int64_t activations = deal.folds * pass.taps * pass.pixels;
  buffer().ifmap.count(activations, 0);
  if (events_.from_store) {
    events_.rows += deal.rows_read();
  } else {
    buffer().filter.count(deal.weights_read(), 0);
  }
  count_psums(pass.filters * pass.pixels, pass.first_taps);
  events_.activations += activations;
  events_.weights += deal.weights_registered(schedule_.array);
  events_.sums += deal.sums();
}

ArrayActivity InnerProductEvent::activity() const {
  ArrayActivity activity = inner_product_activity(schedule_.array, tally_.pes(), events_, mac_events());
  activity.passes = tally_.pass_activity();
  return activity;
}

}  // namespace lacuna

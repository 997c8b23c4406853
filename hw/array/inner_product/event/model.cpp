// SPDX-License-Identifier: Apache-2.0
#include "hw/array/inner_product/event/model.hpp"

namespace lacuna {

InnerProductEvent::InnerProductEvent(const sc_core::sc_module_name& name, const InnerProductSchedule& schedule,
                                     const ArraySetup& setup)
    : EventArray(name, schedule.passes, setup),
      schedule_(schedule),
      timed_(perturbed(InnerProductTimingParameters(schedule.array), setup).shape),
      tally_(schedule, *setup.mac, *setup.operands, setup.record_passes) {}

void InnerProductEvent::run_pass(std::int64_t allowed) {
  const TiledPass& running = schedule_.pass_list[static_cast<std::size_t>(pass())];
  operands().expect(schedule_.ifmap_tile(running), running.filter_tile);
  const InnerProductDeal timed(timed_, schedule_.shape(), schedule_.box(running));

  PassRecord& own = record();
  const std::int64_t free = pass() == 0 ? 0 : record(-1).end + 1;
  own.start_without_link = free;
  own.start = std::max(free, allowed);
  own.filters_sent = own.start + timed.last_issue();
  own.end = own.start + timed.edges() - 1;
  if (!is_last()) record(1).start_without_link = own.end + 1;

  psums().add(
      {running.ofmap_tile, running.filter, running.filters, running.tap, running.taps, running.pixel, running.pixels});
  const InnerProductDeal deal = schedule_.deal(running);
  tally_.add(running, deal, own);
  count_events(running, deal);
}

void InnerProductEvent::count_events(const TiledPass& pass, const InnerProductDeal& deal) {
  const std::int64_t activations = deal.folds * pass.taps * pass.pixels;
  buffer().ifmap.count(activations, 0);
  buffer().filter.count(deal.weights_read(), 0);
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

// SPDX-License-Identifier: Apache-2.0
#include "hw/array/lane_skip/event/model.hpp"

#include <numeric>

#include "hw/array/tiled_event.hpp"

namespace lacuna {

LaneSkipEvent::LaneSkipEvent(const sc_core::sc_module_name& name, const LaneSkipSchedule& schedule,
                             const ArraySetup& setup)
    : LaneSkipEvent(name, schedule, setup,
                    perturbed(LaneSkipTimingParameters(schedule.array, decoding_of(setup)), setup)) {}

LaneSkipEvent::LaneSkipEvent(const sc_core::sc_module_name& name, const LaneSkipSchedule& schedule,
                             const ArraySetup& setup, const LaneSkipTimingParameters& parameters)
    : EventArray(name, schedule.passes, setup),
      schedule_(schedule),
      array_(parameters.shape()),
      store_(parameters.store),
      tile_writer_(setup.event_tile_writer),
      times_(schedule, parameters, *setup.operands),
      tally_(schedule, *setup.mac, *setup.operands, setup.record_passes) {}

void LaneSkipEvent::run_pass(std::int64_t allowed) {
  const TiledPass& running = schedule_.pass_list[static_cast<std::size_t>(pass())];
  operands().expect(schedule_.ifmap_tile(running), running.filter_tile);
  const LaneSkipFold fold = times_.fold(running);
  const LaneSkipDeal deal(array_, schedule_.shape(), running);
  time(running, deal.folds * fold.edges, allowed);
  psums().add(products_of(running));
  tally_.add(running, schedule_.deal(running), fold, record(), arrival_.wait);
  count_events(running, deal, fold);
}

void LaneSkipEvent::time(const TiledPass& pass, std::int64_t edges, std::int64_t allowed) {
  PassRecord& own = begin_pass(allowed);
  arrival_ = arrival_of(pass, store_, tile_writer_);
  end_pass(own.start + arrival_.wait + edges - 1);
  own.filters_sent = tile_writer_ != nullptr ? own.start + arrival_.written : own.end;
}

void LaneSkipEvent::count_events(const TiledPass& pass, const LaneSkipDeal& deal, const LaneSkipFold& fold) {
  const std::int64_t issued = std::accumulate(fold.issued.begin(), fold.issued.end(), std::int64_t{0});
  const std::int64_t empty = std::accumulate(fold.empty.begin(), fold.empty.end(), std::int64_t{0});
  const std::int64_t psums = pass.filters * pass.pixels;
  buffer().ifmap.count(deal.folds * pass.taps * pass.pixels, 0);
  count_psums(psums, pass.first_taps);
  if (schedule_.array.skips) {
    events_.bricks_read += deal.folds * deal.positions * pass.pixels;
    events_.offsets_decoded += deal.folds * issued;
    events_.macs_skipped += pass.filters * (pass.taps * pass.pixels - issued);
  }
  events_.rows_read += ceil_div(pass.filters, schedule_.array.filter_lanes) * issued;
  events_.sums += psums;
  if (schedule_.encodes && schedule_.last_taps(pass)) events_.encoded += psums;
  events_.lanes_idle += deal.folds * (array_.lanes * fold.edges - issued - empty);
}

ArrayActivity LaneSkipEvent::activity() const {
  ArrayActivity activity = lane_skip_activity(schedule_.array, tally_.pes(), events_, mac_events());
  activity.passes = tally_.pass_activity();
  return activity;
}

}  // namespace lacuna

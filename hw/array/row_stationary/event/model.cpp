// SPDX-License-Identifier: Apache-2.0
#include "hw/array/row_stationary/event/model.hpp"

#include <algorithm>

#include "hw/base/layer_shape.hpp"

namespace lacuna {

RowStationaryEvent::RowStationaryEvent(const sc_core::sc_module_name& name, const RowStationarySchedule& schedule,
                                       const ArraySetup& setup)
    : EventArray(name, schedule.passes, setup),
      schedule_(schedule),
      parameters_(perturbed(
          RowStationaryTimingParameters(schedule.units, setup.decoding ? *setup.decoding : WeightDecoderParameters()),
          setup)),
      arrivals_(schedule, parameters_.units.filter_lanes, setup.event_decoder, parameters_.decoding),
      timeline_(schedule.grid, parameters_.units, parameters_.latencies),
      gating_(schedule, setup),
      tally_(schedule, parameters_.units),
      decodes_(setup.event_decoder != nullptr),
      record_passes_(setup.record_passes) {}

void RowStationaryEvent::run_pass(std::int64_t allowed) {
  const RowStationaryPass& running = schedule_.pass_list[static_cast<std::size_t>(pass())];
  const std::int64_t start = std::max(record().start_without_link, allowed);
  record().start = start;
  make_products(running);
  const FilterArrival arrival = arrivals_.next(running);
  const std::int64_t loading = start + arrival.delay;
  const std::int64_t delay = pass() == 0 ? 0 : loading - loading_;
  if (pass() == 0) first_delay_ = arrival.delay;
  if (pass() > 0) tally_.book(pass() - 1, *timing_, delay, record().link_wait());
  tally_.book_arrival(running, arrival);
  timing_ = &timeline_.next(running, delay);
  loading_ = loading;
  if (record_passes_) timings_.push_back({timing_, arrival});
  record().filters_sent = loading + timing_->filters_sent;
  record().end = loading + timing_->end;
  count_macs(running);
  count_buffer(running);
  if (is_last()) {
    tally_.book(pass(), *timing_, timing_->end + 1, 0);
    return;
  }
  const bool barrier = schedule_.units.overlap == PassOverlap::barrier;
  record(1).start_without_link = loading + (barrier ? timing_->end : timing_->last_busy) + 1;
}

void RowStationaryEvent::count_macs(const RowStationaryPass& running) {
  const auto index = static_cast<std::size_t>(pass());
  const std::int64_t ifmap_tile = schedule_.ifmap_tile_of[index];
  const bool first_on_tile = pass() == 0 || ifmap_tile != schedule_.ifmap_tile_of[index - 1];
  const bool last_on_tile = is_last() || ifmap_tile != schedule_.ifmap_tile_of[index + 1];
  if (first_on_tile) gating_.begin_tile(schedule_.ifmap_tiles[static_cast<std::size_t>(ifmap_tile)], running);
  gating_.add(running);
  if (last_on_tile) gating_.end_tile();
}

void RowStationaryEvent::make_products(const RowStationaryPass& running) {
  const auto index = static_cast<std::size_t>(pass());
  const std::int64_t filter_row = schedule_.grid.R * schedule_.grid.S;
  const RowStationarySchedule::FilterTile& filters = schedule_.filter_tile(running.filter_tile);
  const auto ifmap_tile = static_cast<std::size_t>(schedule_.ifmap_tile_of[index]);
  operands().expect(schedule_.ifmap_tiles[ifmap_tile], running.filter_tile);
  Products products;
  products.ofmap_tile = schedule_.ofmap_tile_of[index];
  products.first_filter = running.filter_in_tile;
  products.filters = running.filters;
  products.first_tap = filters.channel * filter_row;
  products.taps = filters.channels * filter_row;
  products.outputs = running.n * running.ev * running.Ft;
  psums().add(products);
}

void RowStationaryEvent::count_buffer(const RowStationaryPass& pass) {
  const RowStationaryGrid& grid = schedule_.grid;
  const std::int64_t psums = pass.filters * pass.ev * pass.n * pass.Ft;
  if (!decodes_) buffer().filter.count(pass.filters * pass.channels * grid.R * grid.S, 0);
  buffer().ifmap.count(pass.n * pass.channels * grid.sent_rows(pass.ev) * grid.width(pass.Ft), 0);
  count_psums(psums, pass.first_channels);
}

ArrayActivity RowStationaryEvent::activity() const {
  const RowStationaryGrid& grid = schedule_.grid;
  BusCounts buses;
  for (const RowStationaryPass& pass : schedule_.pass_list) {
    const std::int64_t filter_words = grid.t * grid.chain() * pass.p * pass.q * grid.S;
    const std::int64_t ifmap_words = pass.n * pass.q * grid.width(pass.Ft);
    const std::int64_t psums = grid.t * pass.ev * pass.n * pass.Ft;
    buses.filter_words += filter_words;
    buses.filter_deliveries += filter_words * pass.ev;
    buses.ifmap_words += ifmap_words * grid.r * grid.sent_rows(pass.ev);
    buses.ifmap_deliveries += ifmap_words * grid.t * grid.chain() * pass.ev;
    buses.psum_in_words += psums * pass.p;
    buses.psum_out_words += psums * pass.p;
    buses.output_pushes += psums * ceil_div(pass.p, schedule_.units.psum_lanes);
  }
  std::vector<PeCounts> pes = gating_.macs();
  for (PeCounts& pe : pes) {  // every column takes part in some pass
    pe.wait_link += records().front().link_wait();
    pe.wait_filter += first_delay_;
  }
  tally_.add_to(pes, buses);
  ArrayActivity activity = row_stationary_activity(schedule_, pes, buses, mac_events());
  if (record_passes_) activity.passes = row_stationary_pass_activity(schedule_, timings_, records());
  return activity;
}

}  // namespace lacuna

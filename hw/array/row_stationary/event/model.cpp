// SPDX-License-Identifier: Apache-2.0
#include "hw/array/row_stationary/event/model.hpp"

#include <algorithm>

#include "hw/base/layer_shape.hpp"

namespace lacuna {

namespace {

RowStationaryTimingParameters parameters_of(const RowStationarySchedule& schedule, const ArraySetup& setup) {
  RowStationaryTimingParameters parameters(schedule.units);
  if (setup.perturb) setup.perturb(parameters);
  return parameters;
}

}  // namespace

RowStationaryEvent::RowStationaryEvent(const sc_core::sc_module_name& name, const RowStationarySchedule& schedule,
                                       const ArraySetup& setup)
    : sc_core::sc_module(name),
      schedule_(schedule),
      datapath_(*setup.datapath),
      buffer_(*setup.buffer),
      operands_(*setup.operands),
      psums_(*setup.psums),
      period_(setup.period),
      progress_(setup.progress),
      parameters_(parameters_of(schedule, setup)),
      timeline_(schedule.grid, parameters_.units, parameters_.latencies),
      gating_(schedule, *setup.mac, *setup.operands),
      tally_(schedule),
      records_(schedule.pass_list.size()) {
  records_.front().start_without_link = 0;
  SC_HAS_PROCESS(RowStationaryEvent);
  SC_METHOD(on_allowed);
  sensitive << passes_allowed;
}

void RowStationaryEvent::on_allowed() {
  // The port changes half a period before the edge from which the words may be used, and edge e lies at e x period: it
  // is the next one to come.
  const auto edge = static_cast<std::int64_t>(sc_core::sc_time_stamp().value() / period_.value());
  while (pass_ < static_cast<std::int64_t>(passes_allowed.read())) {
    const PassRecord& record = records_[static_cast<std::size_t>(pass_)];
    run_pass(std::max(record.start_without_link, edge));
  }
}

void RowStationaryEvent::run_pass(std::int64_t start) {
  const auto index = static_cast<std::size_t>(pass_);
  const RowStationaryPass& pass = schedule_.pass_list[index];
  PassRecord& record = records_[index];
  record.start = start;
  const std::int64_t delay = pass_ == 0 ? 0 : start - records_[index - 1].start;
  if (pass_ > 0) tally_.book(pass_ - 1, *timing_, delay, record.link_wait());
  timing_ = &timeline_.next(pass, delay);
  record.filters_sent = start + timing_->filters_sent;
  record.end = start + timing_->end;
  make_products(pass);
  const std::int64_t ifmap_tile = schedule_.ifmap_tile_of[index];
  const bool first_on_tile = pass_ == 0 || ifmap_tile != schedule_.ifmap_tile_of[index - 1];
  const bool last_on_tile = pass_ + 1 == schedule_.passes || ifmap_tile != schedule_.ifmap_tile_of[index + 1];
  if (first_on_tile) gating_.begin_tile(schedule_.ifmap_tiles[static_cast<std::size_t>(ifmap_tile)], pass);
  gating_.add(pass);
  if (last_on_tile) gating_.end_tile();
  count_buffer(pass);
  ++pass_;
  if (pass_ < schedule_.passes) {
    const bool barrier = schedule_.units.overlap == PassOverlap::barrier;
    records_[index + 1].start_without_link = start + (barrier ? timing_->end : timing_->last_issue) + 1;
  } else {
    tally_.book(pass_ - 1, *timing_, timing_->end + 1, 0);
  }
  progress_();
}

void RowStationaryEvent::make_products(const RowStationaryPass& pass) {
  const auto index = static_cast<std::size_t>(pass_);
  const std::int64_t filter_row = schedule_.grid.R * schedule_.grid.S;
  const RowStationarySchedule::FilterTile& filters = schedule_.filter_tile(pass.filter_tile);
  const auto ifmap_tile = static_cast<std::size_t>(schedule_.ifmap_tile_of[index]);
  operands_.expect(schedule_.ifmap_tiles[ifmap_tile], pass.filter_tile);
  Products products;
  products.ofmap_tile = schedule_.ofmap_tile_of[index];
  products.first_filter = pass.filter_in_tile;
  products.filters = pass.filters;
  products.first_tap = filters.channel * filter_row;
  products.taps = filters.channels * filter_row;
  products.outputs = pass.n * pass.ev * pass.Ft;
  psums_.add(products);
}

void RowStationaryEvent::count_buffer(const RowStationaryPass& pass) {
  const RowStationaryGrid& grid = schedule_.grid;
  const std::int64_t psums = pass.filters * pass.ev * pass.n * pass.Ft;
  buffer_.filter.count(pass.filters * pass.channels * grid.R * grid.S, 0);
  buffer_.ifmap.count(pass.n * pass.channels * grid.rows(pass.ev) * grid.width(pass.Ft), 0);
  buffer_.psum.count(pass.first_channels ? 0 : psums, psums);
  if (pass.first_channels) buffer_.count_zero_psums(psums);
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
    buses.ifmap_words += ifmap_words * grid.r * grid.rows(pass.ev);
    buses.ifmap_deliveries += ifmap_words * grid.t * grid.chain() * pass.ev;
    buses.psum_in_words += psums * pass.p;
    buses.psum_out_words += psums * pass.p;
    buses.output_pushes += psums * ceil_div(pass.p, schedule_.units.psum_lanes);
  }
  std::vector<PeCounts> pes = gating_.macs();
  for (PeCounts& pe : pes) pe.wait_link += records_.front().link_wait();  // every column takes part in some pass
  tally_.add_to(pes, buses);
  return row_stationary_activity(schedule_, pes, buses, datapath_.events());
}

std::string RowStationaryEvent::state() const {
  return std::string(name()) + ": pass " + std::to_string(pass_) + " of " + std::to_string(schedule_.passes) +
         ", passes allowed " + std::to_string(passes_allowed.read()) + "; " + std::to_string(timeline_.distinct()) +
         " distinct passes timed\n";
}

}  // namespace lacuna

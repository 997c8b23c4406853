// SPDX-License-Identifier: Apache-2.0
#include "hw/array/row_stationary/clocked/model.hpp"

namespace lacuna {

RowStationaryClocked::RowStationaryClocked(const RowStationarySchedule& schedule, const ArraySetup& setup)
    : ClockedModel(setup), schedule_(schedule), port_(schedule, *setup.buffer, setup.decoder) {
  context_.grid = schedule.grid;
  context_.units = schedule.units;
  context_.gating = schedule.gating;
  context_.arithmetic = setup.arithmetic;
  context_.passes = schedule.pass_list;
  share(setup, schedule.pass_list.size());
  context_.memory = &port_;
  array_ = std::make_unique<RowStationaryArray>("array", context_, *setup.clock, schedule.places, setup.progress);
}

ArrayActivity RowStationaryClocked::activity() const {
  std::vector<PeCounts> pes;
  for (std::int64_t pe = 0; pe < schedule_.grid.pes(); ++pe) pes.push_back(array_->pe_counts(pe));
  BusCounts buses;
  buses.filter_stalls = array_->filter_bus().stalls();
  buses.filter_words = array_->filter_bus().words();
  buses.filter_deliveries = array_->filter_bus().deliveries();
  buses.ifmap_words = array_->ifmap_bus().words();
  buses.ifmap_deliveries = array_->ifmap_bus().deliveries();
  buses.psum_in_words = array_->psum_input_bus().words();
  buses.psum_out_words = array_->psum_output_bus().words();
  buses.output_pushes = array_->psum_output_bus().pushes();
  buses.ifmap_stalls = array_->ifmap_bus().stalls();
  buses.psum_in_stalls = array_->psum_input_bus().stalls();
  ArrayActivity activity = row_stationary_activity(schedule_, pes, buses, mac_events_);
  activity.passes = array_->pass_activity();
  return activity;
}

}  // namespace lacuna

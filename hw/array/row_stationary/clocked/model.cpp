// SPDX-License-Identifier: Apache-2.0
#include "hw/array/row_stationary/clocked/model.hpp"

namespace lacuna {

namespace {

/// Adds the events of one PE to the counts of the layer.
void count_pe(const PeCounts& pe, std::map<std::string, std::int64_t>& counts) {
  const std::int64_t issued = pe.performed + pe.gated;
  // A performed MAC reads all three spads and writes its psum back. A gated one reads nothing (a flag beside the ifmap
  // spad says zero), but where only the weight is zero, that had to be read to be seen.
  counts["ifmap_spad.read"] += pe.performed;
  counts["ifmap_spad.write"] += pe.ifmap_words;
  counts["filter_spad.read"] += pe.performed + pe.gated_on_weight_alone;
  counts["filter_spad.write"] += pe.filter_words;
  counts["psum_spad.read"] += pe.performed;
  counts["psum_spad.write"] += pe.performed;
  counts["psum_spad.drain"] += pe.psums_combined;
  counts["mac.gated"] += issued - pe.performed;
  counts["ifmap_fifo.push"] += pe.ifmap_words;
  counts["psum_adder.add"] += pe.psums_combined;
  counts["psum_link.word"] += pe.psum_link_words;
  counts["psum_fifo.push"] += pe.psum_beats;
}

PeActivity activity_of(const PeCounts& pe, const PhysicalPe& place) {
  PeActivity activity;
  activity.row = place.row;
  activity.column = place.column;
  activity.performed = pe.performed;
  activity.gated = pe.gated;
  activity.filler_performed = pe.filler_performed;
  activity.filler_gated = pe.filler_gated;
  activity.idle = pe.idle;
  activity.stalls = {pe.wait_filter, pe.wait_ifmap, pe.wait_psum, pe.wait_link};
  return activity;
}

}  // namespace

RowStationaryClocked::RowStationaryClocked(const RowStationarySchedule& schedule, const ClockedArraySetup& setup)
    : schedule_(schedule), datapath_(*setup.datapath), port_(schedule, *setup.buffer) {
  context_.grid = schedule.grid;
  context_.units = schedule.units;
  context_.gating = schedule.gating;
  context_.arithmetic = setup.arithmetic;
  context_.passes = schedule.pass_list;
  context_.mac = setup.mac;
  context_.memory = &port_;
  context_.faults = setup.faults;
  context_.records.resize(schedule.pass_list.size());
  array_ = std::make_unique<RowStationaryArray>("array", context_, *setup.clock, schedule.places, setup.progress);
}

ArrayActivity RowStationaryClocked::activity() const {
  ArrayActivity activity;
  activity.stall_causes = {"filter", "ifmap", "psum", "link"};
  std::int64_t performed = 0;
  for (std::int64_t pe = 0; pe < schedule_.grid.pes(); ++pe) {
    const PeCounts counts = array_->pe_counts(pe);
    count_pe(counts, activity.counts);
    performed += counts.performed;
    activity.pes.push_back(activity_of(counts, schedule_.places[static_cast<std::size_t>(pe)]));
  }
  for (const std::string& event : datapath_.events()) activity.counts[event] += performed;
  activity.counts["filter_bus.word"] = array_->filter_bus().words();
  activity.counts["filter_bus.delivery"] = array_->filter_bus().deliveries();
  activity.counts["ifmap_bus.word"] = array_->ifmap_bus().words();
  activity.counts["ifmap_bus.delivery"] = array_->ifmap_bus().deliveries();
  activity.counts["psum_in_bus.word"] = array_->psum_input_bus().words();
  activity.counts["psum_out_bus.word"] = array_->psum_output_bus().words();
  activity.counts["output_fifo.push"] = array_->psum_output_bus().pushes();
  activity.bus_stalls["ifmap_bus"] = array_->ifmap_bus().stalls();
  activity.bus_stalls["psum_in_bus"] = array_->psum_input_bus().stalls();
  return activity;
}

}  // namespace lacuna

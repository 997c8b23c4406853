// SPDX-License-Identifier: Apache-2.0
#include "hw/array/row_stationary/activity.hpp"

namespace lacuna {

namespace {

/// Adds up what the PEs did that is an event.
PeCounts sum_of(const std::vector<PeCounts>& pes) {
  PeCounts sum;
  for (const PeCounts& pe : pes) {
    sum.performed += pe.performed;
    sum.gated += pe.gated;
    sum.gated_on_weight_alone += pe.gated_on_weight_alone;
    sum.filter_words += pe.filter_words;
    sum.ifmap_words += pe.ifmap_words;
    sum.psums_combined += pe.psums_combined;
    sum.psum_link_words += pe.psum_link_words;
    sum.psum_beats += pe.psum_beats;
  }
  return sum;
}

/// The events of the PEs.
std::map<std::string, std::int64_t> count_events(const PeCounts& pes, const std::vector<MacEvent>& mac_events) {
  std::map<std::string, std::int64_t> counts;
  // A performed MAC reads all three spads and writes its psum back. A gated one reads nothing (a flag beside the ifmap
  // spad says zero), but where only the weight is zero, that had to be read to be seen.
  counts["ifmap_spad.read"] = pes.performed;
  counts["ifmap_spad.write"] = pes.ifmap_words;
  counts["filter_spad.read"] = pes.performed + pes.gated_on_weight_alone;
  counts["filter_spad.write"] = pes.filter_words;
  counts["psum_spad.read"] = pes.performed;
  counts["psum_spad.write"] = pes.performed;
  counts["psum_spad.drain"] = pes.psums_combined;
  counts["mac.gated"] = pes.gated;
  counts["ifmap_fifo.push"] = pes.ifmap_words;
  counts["psum_adder.add"] = pes.psums_combined;
  counts["psum_link.word"] = pes.psum_link_words;
  counts["psum_fifo.push"] = pes.psum_beats;
  for (const MacEvent& event : mac_events) counts[event.name] += pes.performed * event.per_mac;
  return counts;
}

PeActivity activity_of(const PeCounts& pe, const PhysicalPe& place) {
  PeActivity activity;
  activity.row = place.row;
  activity.column = place.column;
  activity.performed = pe.performed;
  activity.gated = pe.gated;
  activity.busy = pe.busy;
  activity.filler_performed = pe.filler_performed;
  activity.filler_gated = pe.filler_gated;
  activity.idle = pe.idle;
  activity.stalls = {pe.wait_filter, pe.wait_ifmap, pe.wait_psum, pe.wait_link};
  return activity;
}

}  // namespace

std::vector<std::string> row_stationary_events() {
  return {"mac.gated",          "filter_spad.read", "filter_spad.write", "ifmap_spad.read",     "ifmap_spad.write",
          "psum_spad.read",     "psum_spad.write",  "psum_spad.drain",   "ifmap_fifo.push",     "psum_fifo.push",
          "output_fifo.push",   "psum_adder.add",   "filter_bus.word",   "filter_bus.delivery", "ifmap_bus.word",
          "ifmap_bus.delivery", "psum_in_bus.word", "psum_out_bus.word", "psum_link.word"};
}

ArrayActivity row_stationary_activity(const RowStationarySchedule& schedule, const std::vector<PeCounts>& pes,
                                      const BusCounts& buses, const std::vector<MacEvent>& mac_events) {
  ArrayActivity activity;
  activity.stall_causes = {"filter", "ifmap", "psum", "link"};
  activity.counts = count_events(sum_of(pes), mac_events);
  activity.pes.reserve(pes.size());
  for (std::size_t pe = 0; pe < pes.size(); ++pe) activity.pes.push_back(activity_of(pes[pe], schedule.places[pe]));
  activity.counts["filter_bus.word"] = buses.filter_words;
  activity.counts["filter_bus.delivery"] = buses.filter_deliveries;
  activity.counts["ifmap_bus.word"] = buses.ifmap_words;
  activity.counts["ifmap_bus.delivery"] = buses.ifmap_deliveries;
  activity.counts["psum_in_bus.word"] = buses.psum_in_words;
  activity.counts["psum_out_bus.word"] = buses.psum_out_words;
  activity.counts["output_fifo.push"] = buses.output_pushes;
  activity.bus_stalls["filter_bus"] = buses.filter_stalls;
  activity.bus_stalls["ifmap_bus"] = buses.ifmap_stalls;
  activity.bus_stalls["psum_in_bus"] = buses.psum_in_stalls;
  return activity;
}

}  // namespace lacuna

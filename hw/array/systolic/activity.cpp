// SPDX-License-Identifier: Apache-2.0
#include "hw/array/systolic/activity.hpp"

namespace lacuna {

std::vector<std::string> systolic_events() {
  return {"mac.gated",      "activation_link.word", "weight_link.word",
          "psum_link.word", "psum_bus.word",        "accumulator.write"};
}

ArrayActivity systolic_activity(const SystolicArrayShape& array, const std::vector<SystolicPeCounts>& pes,
                                const SystolicLinkCounts& links, const std::vector<MacEvent>& mac_events) {
  ArrayActivity activity;
  activity.stall_causes = {"load", "skew", "link", "weight"};
  for (const SystolicPeCounts& counts : pes) {
    PeActivity& pe = add_pe(activity, counts, array.columns);
    pe.busy = counts.busy;
    pe.filler_performed = counts.filler_performed;
    pe.filler_gated = counts.filler_gated;
    pe.stalls = {counts.load, counts.skew, counts.link, counts.weight};
  }
  count_macs(activity, mac_events);
  activity.counts["activation_link.word"] = links.activations;
  activity.counts["weight_link.word"] = links.weights;
  activity.counts["psum_link.word"] = links.psums;
  activity.counts["psum_bus.word"] = links.bus_psums;
  activity.counts["accumulator.write"] = links.accumulator_writes;
  return activity;
}

}  // namespace lacuna

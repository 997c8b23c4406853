// SPDX-License-Identifier: Apache-2.0
#include "hw/array/systolic/activity.hpp"

namespace lacuna {

std::vector<std::string> systolic_events() {
  return {"mac.gated",      "activation_link.word", "weight_link.word",
          "psum_link.word", "psum_bus.word",        "accumulator.write"};
}

ArrayActivity systolic_activity(const SystolicArrayShape& array, const std::vector<SystolicPeCounts>& pes,
                                const SystolicLinkCounts& links, const std::vector<std::string>& mac_events) {
  ArrayActivity activity;
  activity.stall_causes = {"load", "skew", "link", "weight"};
  std::int64_t performed = 0;
  std::int64_t gated = 0;
  for (std::int64_t index = 0; index < static_cast<std::int64_t>(pes.size()); ++index) {
    const SystolicPeCounts& counts = pes[static_cast<std::size_t>(index)];
    performed += counts.performed;
    gated += counts.gated;
    PeActivity pe;
    pe.row = index / array.columns;
    pe.column = index % array.columns;
    pe.performed = counts.performed;
    pe.gated = counts.gated;
    pe.filler_performed = counts.filler_performed;
    pe.filler_gated = counts.filler_gated;
    pe.idle = counts.idle;
    pe.stalls = {counts.load, counts.skew, counts.link, counts.weight};
    activity.pes.push_back(std::move(pe));
  }
  for (const std::string& event : mac_events) activity.counts[event] += performed;
  activity.counts["mac.gated"] = gated;
  activity.counts["activation_link.word"] = links.activations;
  activity.counts["weight_link.word"] = links.weights;
  activity.counts["psum_link.word"] = links.psums;
  activity.counts["psum_bus.word"] = links.bus_psums;
  activity.counts["accumulator.write"] = links.accumulator_writes;
  return activity;
}

}  // namespace lacuna

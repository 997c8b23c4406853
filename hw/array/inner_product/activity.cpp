// SPDX-License-Identifier: Apache-2.0
#include "hw/array/inner_product/activity.hpp"

namespace lacuna {

std::vector<std::string> inner_product_events() {
  return {"mac.gated", "activation_register.write", "weight_register.write", "adder_tree.op", "accumulator.write"};
}

ArrayActivity inner_product_activity(const InnerProductShape& array, const std::vector<InnerProductPeCounts>& pes,
                                     const InnerProductEvents& events, const std::vector<MacEvent>& mac_events) {
  ArrayActivity activity;
  activity.stall_causes = {"lane", "turn", "tree", "link", "weight"};
  activity.pes.reserve(pes.size());
  for (const InnerProductPeCounts& counts : pes) {
    PeActivity& pe = add_pe(activity, counts, array.filters);
    pe.busy = counts.busy;
    pe.stalls = counts.stalls();
  }
  count_macs(activity, mac_events);
  activity.counts["activation_register.write"] = events.activations;
  activity.counts["weight_register.write"] = events.weights;
  if (events.from_store) activity.counts["tile_store.read"] = events.rows;
  activity.counts["adder_tree.op"] = activity.counts["accumulator.write"] = events.sums;
  return activity;
}

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include "hw/array/lane_skip/activity.hpp"

namespace lacuna {

std::vector<std::string> lane_skip_events() {
  return {"mac.gated",     "nm.read",     "offset.decode", "sb.read",
          "adder_tree.op", "nbout.write", "encoder.op",    "lane.idle"};
}

ArrayActivity lane_skip_activity(const LaneSkipShape& array, const std::vector<LaneSkipPeCounts>& pes,
                                 const LaneSkipEvents& events, const std::vector<MacEvent>& mac_events) {
  ArrayActivity activity;
  activity.stall_causes = {"brick", "lane", "link", "weight"};
  for (const LaneSkipPeCounts& counts : pes) {
    add_pe(activity, counts, array.columns).stalls = counts.stalls();
  }
  count_macs(activity, mac_events);
  activity.counts["nm.read"] = events.bricks_read;
  activity.counts["offset.decode"] = events.offsets_decoded;
  activity.counts["sb.read"] = events.rows_read;
  activity.counts["adder_tree.op"] = activity.counts["nbout.write"] = events.sums;
  activity.counts["encoder.op"] = events.encoded;
  activity.counts["lane.idle"] = events.lanes_idle;
  activity.macs_skipped = events.macs_skipped;
  return activity;
}

}  // namespace lacuna

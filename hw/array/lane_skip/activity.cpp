// SPDX-License-Identifier: Apache-2.0
#include "hw/array/lane_skip/activity.hpp"

namespace lacuna {

std::vector<std::string> lane_skip_events() {
  return {"mac.gated",     "nm.read",     "offset.decode", "sb.read",
          "adder_tree.op", "nbout.write", "encoder.op",    "lane.idle"};
}

ArrayActivity lane_skip_activity(const LaneSkipShape& array, const std::vector<LaneSkipPeCounts>& pes,
                                 const LaneSkipEvents& events, const std::vector<std::string>& mac_events) {
  ArrayActivity activity;
  activity.stall_causes = {"brick", "lane", "link"};
  std::int64_t performed = 0;
  std::int64_t gated = 0;
  for (std::int64_t index = 0; index < static_cast<std::int64_t>(pes.size()); ++index) {
    const LaneSkipPeCounts& counts = pes[static_cast<std::size_t>(index)];
    performed += counts.performed;
    gated += counts.gated;
    PeActivity pe;
    pe.row = index / array.columns;
    pe.column = index % array.columns;
    pe.performed = counts.performed;
    pe.gated = counts.gated;
    pe.idle = counts.idle;
    pe.stalls = {counts.brick, counts.lane, counts.link};
    activity.pes.push_back(std::move(pe));
  }
  for (const std::string& event : mac_events) activity.counts[event] += performed;
  activity.counts["mac.gated"] = gated;
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

// SPDX-License-Identifier: Apache-2.0
#include "hw/array/csc_broadcast/activity.hpp"

namespace lacuna {

std::vector<std::string> csc_broadcast_events() {
  return {"lnzd.select",
          "activation_bus.word",
          "activation_queue.push",
          "pointer.read",
          "pointer.write",
          "spmat.read",
          "spmat.write",
          "mac.gated",
          "psum_register.read",
          "psum_register.write",
          "psum_bypass.word",
          "activation_register.read",
          "activation_register.write"};
}

PeSums csc_sums(const std::vector<CscPeCounts>& pes) {
  PeSums sums{std::vector<std::int64_t>(kCscStalls, 0), 0};
  for (const CscPeCounts& pe : pes) {
    for (std::size_t cause = 0; cause < kCscStalls; ++cause) sums.stalls[cause] += pe.stalls[cause];
  }
  return sums;
}

ArrayActivity csc_broadcast_activity(const std::vector<CscPeCounts>& pes, const CscWords& words, std::int64_t macs,
                                     const std::vector<MacEvent>& mac_events) {
  ArrayActivity activity;
  activity.stall_causes = {"empty_column", "queue_empty", "barrier", "link"};
  for (const CscPeCounts& counts : pes) {
    PeActivity pe;
    pe.column = static_cast<std::int64_t>(activity.pes.size());
    pe.performed = counts.performed;
    pe.gated = counts.fillers;
    pe.filler_gated = counts.fillers;
    pe.busy = counts.performed + counts.fillers;
    pe.stalls.assign(counts.stalls, counts.stalls + kCscStalls);
    activity.pes.push_back(std::move(pe));
  }
  const std::int64_t performed = count_macs(activity, mac_events).performed;
  activity.macs_skipped = macs - performed;
  std::map<std::string, std::int64_t>& counts = activity.counts;
  counts["lnzd.select"] = words.broadcasts;
  counts["activation_bus.word"] = words.broadcasts;
  counts["activation_queue.push"] = words.broadcasts * static_cast<std::int64_t>(pes.size());
  counts["pointer.read"] = words.pointer_reads;
  counts["pointer.write"] = words.pointer_writes;
  counts["spmat.read"] = words.row_reads;
  counts["spmat.write"] = words.row_writes;
  counts["psum_register.read"] = performed + words.psums_given;
  counts["psum_register.write"] = performed + words.psums_taken;
  counts["psum_bypass.word"] = words.bypasses;
  counts["activation_register.read"] = words.broadcasts;
  counts["activation_register.write"] = words.inputs;
  return activity;
}

}  // namespace lacuna

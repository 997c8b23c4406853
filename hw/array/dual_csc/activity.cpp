// SPDX-License-Identifier: Apache-2.0
#include "hw/array/dual_csc/activity.hpp"

namespace lacuna {

void DualCscWords::add(const DualCscWords& other) {
  iacts_sent += other.iacts_sent;
  iact_addresses_taken += other.iact_addresses_taken;
  iact_addresses_read += other.iact_addresses_read;
  iacts_taken += other.iacts_taken;
  iacts_read += other.iacts_read;
  weight_addresses_taken += other.weight_addresses_taken;
  weight_addresses_read += other.weight_addresses_read;
  weight_words_taken += other.weight_words_taken;
  weight_words_read += other.weight_words_read;
  psums_taken += other.psums_taken;
  psums_given += other.psums_given;
}

std::vector<std::string> dual_csc_events() {
  return {"iact_bank.read",       "iact_address.write",  "iact_address.read", "iact_spad.write",  "iact_spad.read",
          "weight_address.write", "weight_address.read", "weight_spad.write", "weight_spad.read", "psum_spad.write",
          "psum_spad.read",       "mac.gated",           "mult.idle"};
}

PeSums dual_csc_sums(const std::vector<DualCscMacCounts>& macs) {
  PeSums sums{std::vector<std::int64_t>(kDualCscStalls, 0), 0};
  for (const DualCscMacCounts& mac : macs) {
    for (std::size_t cause = 0; cause < kDualCscStalls; ++cause) sums.stalls[cause] += mac.stalls[cause];
    sums.idle += mac.idle;
  }
  return sums;
}

ArrayActivity dual_csc_activity(const DualCscShape& array, const std::vector<DualCscMacCounts>& counts,
                                const DualCscWords& words, std::int64_t macs, const std::vector<MacEvent>& mac_events) {
  ArrayActivity activity;
  activity.stall_causes = {"pairing", "empty_column", "window", "weights", "barrier", "link"};
  for (const DualCscMacCounts& of : counts) {
    PeActivity& pe = add_pe(activity, of, array.pes);
    pe.filler_gated = of.gated;
    pe.stalls.assign(of.stalls, of.stalls + kDualCscStalls);
  }
  const std::int64_t performed = count_macs(activity, mac_events).performed;
  activity.macs_skipped = macs - performed;
  activity.counts["iact_bank.read"] = words.iacts_sent;
  activity.counts["iact_address.write"] = words.iact_addresses_taken;
  activity.counts["iact_address.read"] = words.iact_addresses_read;
  activity.counts["iact_spad.write"] = words.iacts_taken;
  activity.counts["iact_spad.read"] = words.iacts_read;
  activity.counts["weight_address.write"] = words.weight_addresses_taken;
  activity.counts["weight_address.read"] = words.weight_addresses_read;
  activity.counts["weight_spad.write"] = words.weight_words_taken;
  activity.counts["weight_spad.read"] = words.weight_words_read;
  activity.counts["psum_spad.write"] = performed + words.psums_taken;
  activity.counts["psum_spad.read"] = performed + words.psums_given;
  activity.counts["mult.idle"] = dual_csc_sums(counts).stalls[static_cast<std::size_t>(DualCscStall::pairing)];
  return activity;
}

}  // namespace lacuna

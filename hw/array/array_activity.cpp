// SPDX-License-Identifier: Apache-2.0
#include "hw/array/array_activity.hpp"

namespace lacuna {

MacCounts count_macs(ArrayActivity& activity, const std::vector<std::string>& mac_events) {
  MacCounts macs;
  for (const PeActivity& pe : activity.pes) {
    macs.performed += pe.performed;
    macs.gated += pe.gated;
  }
  for (const std::string& event : mac_events) activity.counts[event] += macs.performed;
  activity.counts["mac.gated"] = macs.gated;
  return macs;
}

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include "hw/array/array_activity.hpp"

namespace lacuna {

MacCounts count_macs(ArrayActivity& activity, const std::vector<MacEvent>& mac_events) {
  MacCounts macs;
  for (const PeActivity& pe : activity.pes) {
    macs.performed += pe.performed;
    macs.gated += pe.gated;
  }
  for (const MacEvent& event : mac_events) activity.counts[event.name] += macs.performed * event.per_mac;
  activity.counts["mac.gated"] = macs.gated;
  return macs;
}

}  // namespace lacuna

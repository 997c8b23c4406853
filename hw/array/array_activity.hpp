// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "hw/mac/mac_rate.hpp"

namespace lacuna {

/// What one PE did in a layer. Over all edges up to the end of the last pass: busy + sum of stalls + idle = edges.
/// Filler is part of performed and gated.
struct PeActivity {
  std::int64_t row = 0;  ///< place in the physical array
  std::int64_t column = 0;
  std::int64_t performed = 0;
  std::int64_t gated = 0;
  std::int64_t busy = 0;  ///< edges on which MACs are in work: performed + gated where each takes one
  std::int64_t filler_performed = 0;
  std::int64_t filler_gated = 0;
  std::int64_t idle = 0;
  std::vector<std::int64_t> stalls;  ///< by ArrayActivity::stall_causes
};

/// What all PEs of a layer together did in the edges booked to one pass: from the edge at which the pass, and no longer
/// the one before it, holds the array, up to that edge of the next pass or the end of the last one. The spans of all
/// passes are the edges that PEs count, each once; the wait of a pass for the DRAM link comes first in its span.
struct PassActivity {
  std::int64_t first = 0;            ///< edge
  std::int64_t edges = 0;            ///< length of the span
  std::vector<std::int64_t> stalls;  ///< PE edges, by ArrayActivity::stall_causes
  std::int64_t idle = 0;             ///< PE edges

  bool operator==(const PassActivity& o) const {
    return first == o.first && edges == o.edges && stalls == o.stalls && idle == o.idle;
  }
};

/// What an array did in a layer. PEs that the layer does not cover do not appear.
struct ArrayActivity {
  std::vector<std::string> stall_causes;
  std::vector<PeActivity> pes;
  std::map<std::string, std::int64_t> counts;      ///< unit.action -> events
  std::map<std::string, std::int64_t> bus_stalls;  ///< bus -> edges on which its head beat lacked a credit or words
  std::int64_t macs_skipped = 0;                   ///< algebraic MACs that no PE issued
  std::vector<PassActivity> passes;                ///< where ArraySetup::record_passes asks for them
};

/// Adds the next PE of an array whose rows have `columns`, row by row, with what PEs of every kind count.
template <class Counts>
PeActivity& add_pe(ArrayActivity& activity, const Counts& counts, std::int64_t columns) {
  const auto index = static_cast<std::int64_t>(activity.pes.size());
  PeActivity& pe = activity.pes.emplace_back();
  pe.row = index / columns;
  pe.column = index % columns;
  pe.performed = counts.performed;
  pe.gated = counts.gated;
  pe.busy = counts.performed + counts.gated;
  pe.idle = counts.idle;
  return pe;
}

/// MACs of all PEs.
struct MacCounts {
  std::int64_t performed = 0;
  std::int64_t gated = 0;
};

/// Counts the MACs of all PEs that were added: the `mac_events` of the datapath for those that are performed,
/// "mac.gated" for the others.
MacCounts count_macs(ArrayActivity& activity, const std::vector<MacEvent>& mac_events);

}  // namespace lacuna

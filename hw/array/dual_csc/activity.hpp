// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hw/array/array_activity.hpp"
#include "hw/array/dual_csc/pass.hpp"
#include "hw/array/pass_spans.hpp"

namespace lacuna {

/// Why a MAC of a PE that has ofmap channels does nothing, in the order of ArrayActivity::stall_causes.
enum class DualCscStall {
  pairing,       ///< the other MAC of its PE has the odd last weight of a column
  empty_column,  ///< the PE passes over a zero activation, or one whose weights are all zero
  window,        ///< the next window has not come: its activations or its psums
  weights,       ///< weights come into the PEs
  barrier,       ///< the PE is done with the pass: the slowest one, and the last psums
  link           ///< the DRAM link alone holds the array back
};
constexpr std::size_t kDualCscStalls = 6;

/// Counts of one MAC in one layer, over all edges from 0 to the end of the last pass: one of them is counted per edge.
struct DualCscMacCounts {
  std::int64_t performed = 0;
  std::int64_t gated = 0;  ///< fillers that take a place
  std::int64_t stalls[kDualCscStalls] = {0, 0, 0, 0, 0, 0};
  std::int64_t idle = 0;  ///< its PE has no ofmap channel of the pass

  std::int64_t& stall(DualCscStall cause) { return stalls[static_cast<std::size_t>(cause)]; }
};

/// Words that moved, over the whole layer and all PEs.
struct DualCscWords {
  std::int64_t iacts_sent = 0;            ///< activations read from the banks, to all PEs at once
  std::int64_t iact_addresses_taken = 0;  ///< by a PE each
  std::int64_t iact_addresses_read = 0;
  std::int64_t iacts_taken = 0;
  std::int64_t iacts_read = 0;
  std::int64_t weight_addresses_taken = 0;
  std::int64_t weight_addresses_read = 0;
  std::int64_t weight_words_taken = 0;
  std::int64_t weight_words_read = 0;
  std::int64_t psums_taken = 0;  ///< from the global buffer
  std::int64_t psums_given = 0;  ///< to the global buffer

  void add(const DualCscWords& other);
};

/// Every event that the array counts, as "unit.action".
std::vector<std::string> dual_csc_events();

/// Sums over all MACs.
PeSums dual_csc_sums(const std::vector<DualCscMacCounts>& macs);

/// What the array did. `counts` are those of MAC (row) x PE (column), row by row; `macs` are the algebraic MACs of the
/// layer; `mac_events` are raised by every performed MAC. The same for both levels.
ArrayActivity dual_csc_activity(const DualCscShape& array, const std::vector<DualCscMacCounts>& counts,
                                const DualCscWords& words, std::int64_t macs, const std::vector<MacEvent>& mac_events);

}  // namespace lacuna

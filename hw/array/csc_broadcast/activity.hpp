// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hw/array/array_activity.hpp"
#include "hw/array/pass_spans.hpp"

namespace lacuna {

/// Why a PE does nothing, in the order of ArrayActivity::stall_causes.
enum class CscStall { empty_column, queue_empty, barrier, link };
constexpr std::size_t kCscStalls = 4;

/// Per-PE counts of one layer, over all edges from 0 to the end of the last pass: one of them is counted per edge.
struct CscPeCounts {
  std::int64_t performed = 0;
  std::int64_t fillers = 0;
  std::int64_t stalls[kCscStalls] = {0, 0, 0, 0};

  std::int64_t& stall(CscStall cause) { return stalls[static_cast<std::size_t>(cause)]; }
};

/// Words that moved around the PEs, over the whole layer.
struct CscWords {
  std::int64_t broadcasts = 0;
  std::int64_t inputs = 0;  ///< activations put into the source registers
  std::int64_t bypasses = 0;
  std::int64_t pointer_reads = 0;
  std::int64_t pointer_writes = 0;
  std::int64_t row_reads = 0;
  std::int64_t row_writes = 0;
  std::int64_t psums_taken = 0;  ///< into the destination registers
  std::int64_t psums_given = 0;
};

/// Every event that the array counts, as "unit.action".
std::vector<std::string> csc_broadcast_events();

/// Sums over all PEs.
PeSums csc_sums(const std::vector<CscPeCounts>& pes);

/// What the array did; `macs` are the algebraic MACs of the layer, `mac_events` are raised by every performed MAC.
/// The same for both levels.
ArrayActivity csc_broadcast_activity(const std::vector<CscPeCounts>& pes, const CscWords& words, std::int64_t macs,
                                     const std::vector<MacEvent>& mac_events);

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/array/dual_csc/event/timing.hpp"
#include "hw/array/dual_csc/event/windows.hpp"

namespace lacuna {

/// Edges of a pass, from the one on at which its first window begins to come.
struct DualCscEdges {
  std::vector<std::int64_t> end;  ///< of each PE: the one at which it is done with its last window
  std::int64_t last = 0;          ///< of all PEs
};

/// The walk of some PEs through the windows of a pass. With f(w) edges in which window w comes (its non-zero
/// activations, and as many psums as the fullest PE has), c(w) edges of a PE on it, and D windows that a PE holds,
///   begin(w) = max(filled(w - 1), last over PEs of end(w - D)) + 1, filled(w) = begin(w) + f(w) - 1
///   end(w) = max(filled(w) + 1, end(w - 1) + 1) + c(w) - 1, but at least filled(w) + 1:
/// a window without work is passed over at the edge at which it is seen.
class DualCscWalk {
 public:
  /// `columns` are those of the PEs that work, tap by tap, `pes` of `stride` in each.
  DualCscWalk(const DualCscTimingParameters& parameters, const std::vector<DualCscColumn>& columns, std::int64_t pes,
              std::int64_t stride, std::int64_t taps);

  /// The fullest PE has `most_rows` ofmap channels.
  DualCscEdges through(const DualCscWindows& windows, std::int64_t most_rows);

 private:
  /// Edges of all PEs on each pattern of non-zeros under 8 taps: element pattern x PEs + PE.
  using Table = std::vector<std::int32_t>;

  void fill_tables();
  /// Fills in the edges of all PEs on a window.
  void work_on(std::uint64_t live);

  const DualCscTimingParameters& parameters_;
  const std::size_t pes_;
  const std::size_t taps_;
  std::vector<std::int32_t> gain_;  ///< of a non-zero under a tap over a zero, tap by tap
  std::vector<Table> tables_;       ///< 8 taps each; none where windows are few
  std::vector<std::int32_t> work_;
};

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/array/csc_broadcast/event/column_counts.hpp"
#include "hw/array/csc_broadcast/event/columns.hpp"
#include "hw/array/csc_broadcast/event/timing.hpp"

namespace lacuna {

/// When the PEs serve the broadcasts of a pass, and what follows from that.
struct CscPassEdges {
  std::vector<std::int32_t> end;       ///< by lane: last edge of service, from the start of the pass; -1 without any
  std::vector<std::int32_t> bypasses;  ///< by lane
  std::int64_t busy = 0;               ///< edges up to the last one of any PE: T
  std::int64_t last_push = -1;         ///< edge of the last broadcast
};

/// What the PEs did with the broadcasts of a pass.
struct CscPassCounts : CscPassEdges, CscColumnCounts {};

/// Broadcasts go to all PEs in order. `columns_of` gives the columns of the tile, one per broadcast, `gaps` those of
/// broadcast_gaps. With s edges of service in each PE,
///   push(i) = max(push(i - 1) + gap(i), max over PEs of end(i - Q) + dequeue)
///   start(i) = max(push(i) + enqueue, end(i - 1) + 1), end(i) = start(i) + s - 1.
/// Of that it keeps the backlog of each PE, the edges from push(i) + enqueue to end(i), which are few however long the
/// pass takes:
///   backlog(i) = max(backlog(i - 1) - (push(i) - push(i - 1)), 0) + s.
/// Vectorised over PEs (Google Highway), the same on every host.
CscPassEdges serve_broadcasts(const CscTimingParameters& parameters, const CscColumns& tile,
                              Span<const std::int32_t> columns_of, Span<const std::int32_t> gaps);

/// Serves a batch: its edges, and what the PEs read for it. Columns ascend.
CscPassCounts serve_batch(const CscTimingParameters& parameters, const CscColumns& tile,
                          Span<const std::int32_t> columns_of, Span<const std::int32_t> gaps, CscRowBuffers& buffers);

}  // namespace lacuna

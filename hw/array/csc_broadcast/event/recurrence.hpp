// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/array/csc_broadcast/event/columns.hpp"
#include "hw/array/csc_broadcast/event/timing.hpp"

namespace lacuna {

/// What the PEs did with the broadcasts of a pass, one element per lane.
struct CscPassCounts {
  explicit CscPassCounts(std::int64_t lanes);

  std::vector<std::int32_t> end;      ///< last edge of service, from the start of the pass; -1 without broadcasts
  std::vector<std::int32_t> entries;  ///< fillers included
  std::vector<std::int32_t> fillers;
  std::vector<std::int32_t> empties;    ///< columns without entries
  std::vector<std::int32_t> row_reads;  ///< rows of the entry memory
  std::vector<std::int32_t> bypasses;
  std::int64_t busy = 0;        ///< edges up to the last one of any PE: T
  std::int64_t last_push = -1;  ///< edge of the last broadcast
};

/// One PE's row buffer each, kept from pass to pass; -1 where it holds none.
using CscRowBuffers = std::vector<std::int32_t>;

/// Serves a batch: broadcasts go to all PEs in order. `columns_of` gives the columns of the tile, one per broadcast,
/// `gaps` those of broadcast_gaps. With s edges of service in each PE,
///   push(i) = max(push(i - 1) + gap(i), max over PEs of end(i - Q) + dequeue)
///   start(i) = max(push(i) + enqueue, end(i - 1) + 1), end(i) = start(i) + s - 1,
/// vectorised over PEs (Google Highway), the same on every host.
CscPassCounts serve_batch(const CscTimingParameters& parameters, const CscColumns& tile,
                          Span<const std::int32_t> columns_of, Span<const std::int32_t> gaps, CscRowBuffers& buffers);

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/array/csc_broadcast/event/columns.hpp"
#include "hw/base/span.hpp"

namespace lacuna {

/// What PEs read for broadcasts, whenever they serve them; by lane.
struct CscColumnCounts {
  std::vector<std::int32_t> entries;  ///< fillers included
  std::vector<std::int32_t> fillers;
  std::vector<std::int32_t> empties;    ///< columns without entries
  std::vector<std::int32_t> row_reads;  ///< rows of the entry memory
};

/// The row buffer of each PE, kept from pass to pass: the column whose last entry it was read for, -1 for none.
using CscRowBuffers = std::vector<std::int32_t>;

/// Counts what the PEs read for broadcasts of columns of a tile, which ascend: of each its entries, and the rows of the
/// entry memory in which they lie but for one that is in the row buffer. Vectorised over PEs (Google Highway), the same
/// on every host.
CscColumnCounts count_columns(const CscColumns& tile, Span<const std::int32_t> columns_of, CscRowBuffers& buffers);

}  // namespace lacuna

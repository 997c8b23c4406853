// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "hw/array/csc_broadcast/config.hpp"
#include "hw/base/field.hpp"
#include "hw/base/span.hpp"

namespace lacuna {

/// All that the edges of a pass depend on besides its entries and activations: the event model's own copy, as one field
/// list. A test that changes any field must see the event model differ from the clocked one.
struct CscTimingParameters : Described {
  explicit CscTimingParameters(const CscBroadcastConfig& array)
      : queue_depth(array.queue_depth),
        lanes(array.pe_count),
        read_cycles(array.read_cycles),
        arithmetic_cycles(array.arithmetic_cycles),
        scans_rows(array.row_scan_bubble) {}

  std::int64_t queue_depth = 8;
  std::int64_t lanes = 64;        ///< activations of a row that non-zero detection looks at
  std::int64_t select = 1;        ///< edges from a broadcast to the next
  std::int64_t bubble = 1;        ///< edges lost on a row whose last lane has no non-zero
  std::int64_t enqueue = 1;       ///< edges from a broadcast to the first entry that it can meet
  std::int64_t entry = 1;         ///< edges per entry
  std::int64_t empty_column = 1;  ///< edges for a column without entries
  std::int64_t dequeue = 1;       ///< edges from the last entry to the broadcast that takes its place
  std::int64_t read_cycles = 2;
  std::int64_t arithmetic_cycles = 4;
  bool scans_rows = false;

  void describe(FieldVisitor& v) override;
  std::int64_t latency() const { return read_cycles + arithmetic_cycles; }
};

/// Earliest edges from each broadcast to the one before (the first: to edge -1), queues apart. `places` are those of
/// the activations of a batch that are not zero, in order.
std::vector<std::int32_t> broadcast_gaps(const CscTimingParameters& parameters, Span<const std::int32_t> places);

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include "hw/array/csc_broadcast/event/timing.hpp"

namespace lacuna {

namespace {

constexpr std::int64_t kMost = 1 << 20;

}  // namespace

void CscTimingParameters::describe(FieldVisitor& v) {
  v.integer(FieldInfo("queue_depth", "activations that a queue holds").range(1, kMost), queue_depth);
  v.integer(FieldInfo("lanes", "activations of a scanned row").range(1, kMost), lanes);
  v.integer(FieldInfo("select", "from a broadcast to the next", "edges").range(1, kMost), select);
  v.integer(FieldInfo("bubble", "lost on a scanned row", "edges").range(0, kMost), bubble);
  v.integer(FieldInfo("enqueue", "from a broadcast to its first entry", "edges").range(0, kMost), enqueue);
  v.integer(FieldInfo("entry", "per entry", "edges").range(1, kMost), entry);
  v.integer(FieldInfo("empty_column", "for a column without entries", "edges").range(0, kMost), empty_column);
  v.integer(FieldInfo("dequeue", "from the last entry to the broadcast in its place", "edges").range(0, kMost),
            dequeue);
  v.integer(FieldInfo("read_cycles", "from a queue to the entry", "edges").range(0, kMost), read_cycles);
  v.integer(FieldInfo("arithmetic_cycles", "from the entry to its psum", "edges").range(0, kMost), arithmetic_cycles);
}

std::vector<std::int32_t> broadcast_gaps(const CscTimingParameters& parameters, Span<const std::int32_t> places) {
  std::vector<std::int32_t> gaps(places.size(), static_cast<std::int32_t>(parameters.select));
  if (!parameters.scans_rows) return gaps;
  std::int64_t row = 0;  // the row that is looked at
  for (std::size_t i = 0; i < places.size(); ++i) {
    const std::int64_t found = places[i] / parameters.lanes;
    gaps[i] += static_cast<std::int32_t>((found - row) * parameters.bubble);
    row = found + (places[i] % parameters.lanes + 1 == parameters.lanes ? 1 : 0);
  }
  return gaps;
}

}  // namespace lacuna

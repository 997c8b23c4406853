// SPDX-License-Identifier: Apache-2.0
#include "hw/array/systolic/event/timing.hpp"

#include <algorithm>

namespace lacuna {

namespace {

constexpr std::int64_t kMost = 1 << 20;

}  // namespace

void SystolicTimingParameters::describe(FieldVisitor& v) {
  v.integer(FieldInfo("rows", "PE rows that a wavefront crosses", "PEs").range(1, kMost), rows);
  v.integer(FieldInfo("columns", "PE columns that a wavefront crosses", "PEs").range(1, kMost), columns);
  v.integer(FieldInfo("step", "from one MAC of a PE to its next", "edges").range(1, kMost), step);
  v.integer(FieldInfo("hop_east", "from a column to the next", "edges").range(0, kMost), hop_east);
  v.integer(FieldInfo("hop_south", "from a row to the next", "edges").range(0, kMost), hop_south);
  v.integer(FieldInfo("shift_south", "from a row to the next in a load", "edges").range(0, kMost), shift_south);
}

const SystolicPassEdges& SystolicTimeline::next(const SystolicPass& pass, const SystolicFold& fold,
                                                std::int64_t allowed) {
  const std::int64_t free = last_.record.end + 1;  // of the array: edge 0 at first
  const std::int64_t load = parameters_.load();
  SystolicPassEdges edges;
  PassRecord& record = edges.record;
  if (pass.overlaps) {
    // Its operand may shift in from the edge on at which that of the pass before is taken over.
    record.start = std::max(last_.compute_start, allowed);
    edges.compute_start = std::max(record.start + load, free);
    record.start_without_link = record.start - (edges.compute_start - free);
  } else {
    record.start_without_link = free;
    record.start = std::max(free, allowed);
    edges.compute_start = record.start + load;
    edges.load = load;
  }
  edges.compute = parameters_.compute(fold);
  record.end = edges.compute_start + edges.compute - 1;
  record.filters_sent = array_.dataflow == SystolicDataflow::weight_stationary
                            ? record.start + load - 1
                            : edges.compute_start + filters_sent(fold);
  last_ = edges;
  return last_;
}

/// Counted from the first MAC: the last filter word enters the last column, or the last row with real taps.
std::int64_t SystolicTimeline::filters_sent(const SystolicFold& fold) const {
  return (fold.steps - 1) * parameters_.step + (array_.output_stationary()
                                                    ? (fold.columns - 1) * parameters_.hop_east
                                                    : (fold.real_rows - 1) * parameters_.hop_south);
}

}  // namespace lacuna

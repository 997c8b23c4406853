// SPDX-License-Identifier: Apache-2.0
#include "hw/array/dual_csc/event/timing.hpp"

namespace lacuna {

void DualCscTimingParameters::describe(FieldVisitor& v) {
  constexpr std::int64_t kMost = 1 << 20;
  v.integer(FieldInfo("iacts_per_edge", "activations that come in an edge").range(1, kMost), iacts_per_edge);
  v.integer(FieldInfo("words_per_edge", "weight words that come in an edge").range(1, kMost), words_per_edge);
  v.integer(FieldInfo("addresses_per_edge", "addresses of weights that come in an edge").range(1, kMost),
            addresses_per_edge);
  v.integer(FieldInfo("psums_per_edge", "psums of a PE that come and leave in an edge").range(1, kMost),
            psums_per_edge);
  v.integer(FieldInfo("windows", "windows that a PE holds").range(1, kMost), windows);
  v.integer(FieldInfo("macs", "weights of a column that a PE works on in an edge").range(1, kMost), macs);
  v.integer(FieldInfo("slot_edges", "of a PE on those weights", "edges").range(1, kMost), slot_edges);
  v.integer(FieldInfo("empty_column_edges", "of a PE on a tap that gives it nothing", "edges").range(0, kMost),
            empty_column_edges);
  v.integer(FieldInfo("fill_edges", "from the last word of a window to the first work on it", "edges").range(1, kMost),
            fill_edges);
}

}  // namespace lacuna

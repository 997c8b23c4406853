// SPDX-License-Identifier: Apache-2.0
#include "hw/array/inner_product/event/timing.hpp"

namespace lacuna {

void InnerProductTimingParameters::describe(FieldVisitor& v) {
  constexpr std::int64_t kMost = 1 << 20;
  v.integer(FieldInfo("windows", "pixels side by side").range(1, kMost), shape.windows);
  v.integer(FieldInfo("filters", "filters of a fold").range(1, kMost), shape.filters);
  v.integer(FieldInfo("lanes", "MACs of a unit").range(1, kMost), shape.lanes);
  v.integer(FieldInfo("macs", "operand pairs of a MAC in an issue").range(1, kMost), shape.rate.macs);
  v.integer(FieldInfo("cycles", "of a step", "edges").range(1, kMost), shape.rate.cycles);
  v.integer(FieldInfo("tree_latency", "from the end of a step to its sum in the accumulator", "edges").range(0, kMost),
            shape.tree_latency);
  v.integer(FieldInfo("stagger", "from one window's turn to the next", "edges").range(1, kMost), shape.stagger);
  store.describe(v);
}

}  // namespace lacuna

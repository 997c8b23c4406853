// SPDX-License-Identifier: Apache-2.0
#include "hw/array/systolic/event/timing_parameters.hpp"

namespace lacuna {

namespace {

constexpr std::int64_t kMost = 1 << 20;

}  // namespace

void SystolicTimingParameters::describe(FieldVisitor& v) {
  v.integer(FieldInfo("rows", "PE rows that a wavefront crosses", "PEs").range(1, kMost), rows);
  v.integer(FieldInfo("columns", "PE columns that a wavefront crosses", "PEs").range(1, kMost), columns);
  v.integer(FieldInfo("mac_macs", "MACs that a PE issues at once", "MACs").range(1, kMost), mac_macs);
  v.integer(FieldInfo("mac_cycles", "edges of a step", "edges").range(1, kMost), mac_cycles);
  v.integer(FieldInfo("step", "from one issue of a PE to its next", "steps").range(1, kMost), step);
  v.integer(FieldInfo("hop_east", "from a column to the next", "steps").range(0, kMost), hop_east);
  v.integer(FieldInfo("hop_south", "from a row to the next", "steps").range(0, kMost), hop_south);
  v.integer(FieldInfo("shift_south", "from a row to the next in a load", "edges").range(0, kMost), shift_south);
  decoding.describe(v);
}

std::int64_t SystolicTimingParameters::filters_sent(const SystolicFold& fold) const {
  return ((fold.steps - 1) * step + (fold.weight_lanes - 1) * lane_hop()) * mac_cycles;
}

SystolicFold SystolicTimingParameters::fold(const SystolicPass& pass) const {
  SystolicArrayShape array = array_;
  array.rate = {mac_macs, mac_cycles};
  return {array, pass};
}

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include "hw/array/inner_product/config.hpp"

namespace lacuna {

void InnerProductConfig::describe(FieldVisitor& v) {
  constexpr std::int64_t kMostWindows = 256;
  constexpr std::int64_t kMostFilters = 4096;
  constexpr std::int64_t kMostLanes = 4096;
  constexpr std::int64_t kMostLatency = 64;
  v.integer(FieldInfo("windows", "ofmap pixels side by side, each with a unit for every filter", "PEs")
                .range(1, kMostWindows),
            windows);
  v.integer(FieldInfo("filters", "filters side by side: PE columns", "PEs").range(1, kMostFilters), filters);
  v.integer(
      FieldInfo("lanes", "MACs of a unit, whose products are summed up at once: PE rows are windows x lanes", "PEs")
          .range(1, kMostLanes),
      lanes);
  v.text(FieldInfo("lanes_over",
                   "where a step takes its words from: the channels of one filter position, or the whole window")
             .one_of({"channels", "window"}),
         lanes_over);
  v.boolean(FieldInfo("serial_fc", "windows share the weights of FC layers: each takes the next ones in turn"),
            serial_fc);
  v.integer(FieldInfo("tree_latency", "from the end of a step to its sum in the accumulator", "cycles")
                .range(0, kMostLatency),
            tree_latency);
  v.text(gate_on_field(), gate_on);
}

InnerProductShape InnerProductConfig::shape(const MacRate& rate) const {
  InnerProductShape shape;
  shape.windows = windows;
  shape.filters = filters;
  shape.lanes = lanes;
  shape.rate = rate;
  shape.over_window = lanes_over == "window";
  shape.serial_fc = serial_fc;
  shape.tree_latency = tree_latency;
  return shape;
}

InnerProductShape inner_product_shape(const MappingContext& context) {
  return static_cast<const InnerProductConfig&>(*context.array).shape(context.mac_rate);
}

}  // namespace lacuna

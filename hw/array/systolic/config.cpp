// SPDX-License-Identifier: Apache-2.0
#include "hw/array/systolic/config.hpp"

#include <string>

#include "hw/base/error.hpp"

namespace lacuna {

namespace {

constexpr std::int64_t kMaxSide = 512;

SystolicDataflow dataflow_of(const std::string& name) {
  if (name == "output_stationary") return SystolicDataflow::output_stationary;
  return name == "weight_stationary" ? SystolicDataflow::weight_stationary : SystolicDataflow::input_stationary;
}

}  // namespace

void SystolicConfig::describe(FieldVisitor& v) {
  v.integer(FieldInfo("rows", "PE rows of the array", "PEs").range(1, kMaxSide), rows);
  v.integer(FieldInfo("columns", "PE columns of the array", "PEs").range(1, kMaxSide), columns);
  v.text(FieldInfo("dataflow", "what stays in the PEs during a fold")
             .one_of({"output_stationary", "weight_stationary", "input_stationary"}),
         dataflow);
  v.text(gate_on_field(), gate_on);
  v.boolean(FieldInfo("double_buffered", "the next fold's stationary operand is loaded while this one computes"),
            double_buffered);
}

SystolicArrayShape SystolicConfig::shape() const {
  SystolicArrayShape shape{dataflow_of(dataflow), rows, columns, double_buffered, MacRate()};
  if (shape.output_stationary() && double_buffered) {
    fail_input(
        "/chip/array/double_buffered: found true where the dataflow is output_stationary, which loads no stationary "
        "operand; allowed false");
  }
  return shape;
}

SystolicArrayShape systolic_array(const MappingContext& context) {
  SystolicArrayShape shape = static_cast<const SystolicConfig&>(*context.array).shape();
  shape.rate = context.mac_rate;
  if (shape.rate.macs <= kMostSystolicMacs) return shape;
  fail_input("/chip/mac/kind: found MACs that come " + std::to_string(shape.rate.macs) +
             " at once at these widths; the array systolic takes at most " + std::to_string(kMostSystolicMacs));
}

}  // namespace lacuna

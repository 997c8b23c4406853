// SPDX-License-Identifier: Apache-2.0
#include "hw/array/systolic/config.hpp"

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
  SystolicArrayShape shape{dataflow_of(dataflow), rows, columns, double_buffered};
  if (shape.output_stationary() && double_buffered) {
    fail_input(
        "/chip/array/double_buffered: found true where the dataflow is output_stationary, which loads no stationary "
        "operand; allowed false");
  }
  return shape;
}

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include "hw/array/cartesian_product/event/timing.hpp"

namespace lacuna {

void CartesianTimingParameters::describe(FieldVisitor& v) {
  constexpr std::int64_t kMost = 1 << 20;
  v.integer(FieldInfo("rows", "PEs that share out the rows of the plane").range(1, kMost), rows);
  v.integer(FieldInfo("columns", "PEs that share out the columns of the plane").range(1, kMost), columns);
  v.integer(FieldInfo("filter_lanes", "weights of a vector").range(1, kMostCartesianLanes), filter_lanes);
  v.integer(FieldInfo("ifmap_lanes", "activations of a vector").range(1, kMostCartesianLanes), ifmap_lanes);
  v.integer(FieldInfo("banks", "accumulator banks that addresses tell apart").range(1, kMostCartesianBanks), banks);
  v.integer(FieldInfo("filler_words", "zeros that a filler stands for").range(1, kMost), filler_words);
  v.integer(FieldInfo("product_edges", "of a bank on a product", "edges").range(1, kMost), product_edges);
  v.integer(FieldInfo("fewest_edges", "of a pass", "edges").range(1, kMost), fewest_edges);
  v.integer(FieldInfo("sum_edges", "of a link on a sum that is drained", "edges").range(1, kMost), sum_edges);
  store.describe(v);
}

CartesianShape CartesianTimingParameters::shape() const {
  CartesianShape shape = shape_;
  shape.rows = rows;
  shape.columns = columns;
  shape.filter_lanes = filter_lanes;
  shape.ifmap_lanes = ifmap_lanes;
  shape.banks = banks;
  shape.filler_words = filler_words;
  return shape;
}

}  // namespace lacuna

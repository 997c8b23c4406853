// SPDX-License-Identifier: Apache-2.0
#include "hw/array/lane_skip/event/timing.hpp"

namespace lacuna {

void LaneSkipTimingParameters::describe(FieldVisitor& v) {
  constexpr std::int64_t kMost = 1 << 20;
  v.integer(FieldInfo("lanes", "lanes that share the words under a window").range(1, kMost), lanes);
  v.integer(FieldInfo("columns", "filters of a fold").range(1, kMost), columns);
  v.integer(FieldInfo("brick", "channels of a brick").range(1, kMost), brick);
  v.integer(FieldInfo("neuron_edges", "of a lane on a neuron", "edges").range(1, kMost), neuron_edges);
  v.integer(FieldInfo("empty_brick_edges", "of a lane on a brick without a non-zero", "edges").range(0, kMost),
            empty_brick_edges);
  v.integer(FieldInfo("fewest_edges", "from one edge at which lanes wait for one another to the next", "edges")
                .range(1, kMost),
            fewest_edges);
  store.describe(v);
}

LaneSkipShape LaneSkipTimingParameters::shape() const {
  LaneSkipShape shape = shape_;
  shape.lanes = lanes;
  shape.columns = columns;
  shape.brick = brick;
  shape.empty_brick_cycles = empty_brick_edges;
  return shape;
}

}  // namespace lacuna

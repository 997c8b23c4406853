// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/array/lane_skip/pass.hpp"
#include "hw/base/field.hpp"
#include "hw/memory/event_tile_writer.hpp"

namespace lacuna {

/// All that the edges of a pass depend on besides its words: the event model's own copy, as one field list. A test that
/// changes any field must see the event model differ from the clocked one.
struct LaneSkipTimingParameters : Described {
  LaneSkipTimingParameters(const LaneSkipShape& array, const WeightDecoderParameters& decoder)
      : lanes(array.lanes),
        columns(array.columns),
        brick(array.brick),
        empty_brick_edges(array.empty_brick_cycles),
        store(decoder),
        shape_(array) {}

  std::int64_t lanes = 16;             ///< that share the words under a window
  std::int64_t columns = 16;           ///< filters of a fold
  std::int64_t brick = 16;             ///< channels of a brick
  std::int64_t neuron_edges = 1;       ///< edges of a lane on a neuron
  std::int64_t empty_brick_edges = 1;  ///< and on a brick without a non-zero
  std::int64_t fewest_edges = 1;       ///< between two edges at which the lanes wait for one another
  TileStoreTiming store;               ///< that filters come through, if they come from a decoder

  void describe(FieldVisitor& v) override;
  /// The array with these numbers.
  LaneSkipShape shape() const;

 private:
  LaneSkipShape shape_;
};

}  // namespace lacuna

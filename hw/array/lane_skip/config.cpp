// SPDX-License-Identifier: Apache-2.0
#include "hw/array/lane_skip/config.hpp"

namespace lacuna {

void LaneSkipConfig::describe(FieldVisitor& v) {
  constexpr std::int64_t kMostUnits = 64;
  constexpr std::int64_t kMostLanes = 256;
  constexpr std::int64_t kMostChannels = 64;
  v.integer(
      FieldInfo("units", "units, each with all neuron lanes and filters of its own", "units").range(1, kMostUnits),
      units);
  v.integer(FieldInfo("neuron_lanes", "neuron lanes of a unit, the same neurons in all units: PE rows", "PEs")
                .range(1, kMostLanes),
            neuron_lanes);
  v.integer(FieldInfo("filter_lanes", "filter lanes of a unit: PE columns of the unit", "PEs").range(1, kMostLanes),
            filter_lanes);
  v.integer(
      FieldInfo("brick_channels", "channels of a brick, which one lane works on", "channels").range(1, kMostChannels),
      brick_channels);
  v.boolean(FieldInfo("skip", "lanes skip zero activations; without, the dense base: all lanes in step"), skip);
  v.integer(FieldInfo("empty_brick_cycles", "cycles of a lane on a brick without a non-zero", "cycles").range(0, 1),
            empty_brick_cycles);
  v.boolean(FieldInfo("window_sync", "a window starts when every lane has ended the one before it"), window_sync);
  v.boolean(FieldInfo("fallback_to_base", "layers with fewer bricks in a window than neuron lanes do not skip"),
            fallback_to_base);
  v.boolean(FieldInfo("first_layer_base", "layers that read the network's input do not skip"), first_layer_base);
  v.text(gate_on_field(), gate_on);
}

std::int64_t LaneSkipConfig::offset_bits() const {
  std::int64_t bits = 1;
  while (std::int64_t{1} << bits < brick_channels) ++bits;
  return bits;
}

LaneSkipShape lane_skip_shape(const MappingContext& context, const LaneSkipMapping& map) {
  const auto& config = static_cast<const LaneSkipConfig&>(*context.array);
  LaneSkipShape shape;
  shape.lanes = config.neuron_lanes;
  shape.columns = config.units * config.filter_lanes;
  shape.filter_lanes = config.filter_lanes;
  shape.brick = config.brick_channels;
  shape.empty_brick_cycles = config.empty_brick_cycles;
  shape.window_sync = config.window_sync;
  const std::int64_t bricks = context.shape.R * context.shape.S * ceil_div(map.c, config.brick_channels);
  const bool few_bricks = bricks < config.neuron_lanes;
  shape.skips =
      config.skip && !(config.first_layer_base && context.network_input) && !(config.fallback_to_base && few_bricks);
  return shape;
}

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "hw/array/array.hpp"
#include "hw/array/gating.hpp"
#include "hw/array/lane_skip/pass.hpp"
#include "hw/array/tiled_mapping.hpp"

namespace lacuna {

/// The chip's section "array" for kind "lane_skip".
struct LaneSkipConfig : ArrayConfig {
  std::int64_t units = 16;
  std::int64_t neuron_lanes = 16;
  std::int64_t filter_lanes = 16;
  std::int64_t brick_channels = 16;
  bool skip = true;
  std::int64_t empty_brick_cycles = 1;
  bool window_sync = true;
  bool fallback_to_base = false;
  bool first_layer_base = true;
  std::string gate_on = "none";

  void describe(FieldVisitor& v) override;
  std::unique_ptr<ArrayConfig> clone() const override { return std::make_unique<LaneSkipConfig>(*this); }
  /// Rows: neuron lanes; columns: filter lanes of all units, unit by unit.
  ArraySize size() const override { return {neuron_lanes, units * filter_lanes}; }

  Gating gating() const { return gating_of(gate_on); }
  /// Bits of an offset within a brick.
  std::int64_t offset_bits() const;
};

/// How a layer is cut into tiles that lie in the global buffer. A pass works on one of each kind.
struct LaneSkipMapping : TiledMapping {
  std::unique_ptr<ArrayMapping> clone() const override { return std::make_unique<LaneSkipMapping>(*this); }
};

/// The array as it works on a layer with a mapping that is cut to it: whether its lanes skip depends on both.
LaneSkipShape lane_skip_shape(const MappingContext& context, const LaneSkipMapping& mapping);

}  // namespace lacuna

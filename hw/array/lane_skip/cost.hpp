// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>

#include "hw/array/lane_skip/config.hpp"
#include "hw/array/mapping_space.hpp"

namespace lacuna {

/// Closed forms of what mappings of one layer cost on one lane-skipping array, on data without zeros: words, events and
/// cycles are those of the machine.
class LaneSkipCosts {
 public:
  explicit LaneSkipCosts(const MappingContext& context);

  /// Of a mapping that is cut to the layer.
  void exact(const LaneSkipMapping& mapping, MappingCost& cost) const;
  /// At most, number by number, what the mappings with these n, e, c cost whose m is not above `most_channels`.
  void at_least(LaneSkipMapping mapping, std::int64_t most_channels, MappingCost& cost) const;

 private:
  /// One window of a channel tile.
  struct Window {
    std::int64_t cycles = 0;
    std::int64_t taps = 0;
    std::int64_t bricks = 0;  ///< with offsets
  };
  Window window(const LaneSkipShape& array, std::int64_t channels) const;

  const MappingContext context_;
  const LayerShape shape_;
  const bool encodes_;
  mutable std::map<std::pair<bool, std::int64_t>, Window> windows_;  ///< by whether lanes skip, and channels
};

}  // namespace lacuna

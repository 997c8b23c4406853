// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/array/dual_csc/config.hpp"
#include "hw/array/mapping_space.hpp"

namespace lacuna {

/// What a mapping costs by closed form on data without zeros. There the cycles are exact too; zeros make all numbers
/// but those of DRAM and psums smaller.
class DualCscCosts {
 public:
  explicit DualCscCosts(const MappingContext& context);

  /// A cost of nothing, with a place for every event.
  MappingCost nothing() const;
  /// The mapping is cut to the layer.
  MappingCost of(const DualCscMapping& mapping) const;

 private:
  /// Tiles of one size of ofmap channels and pixels, with all taps each.
  struct Boxes {
    std::int64_t filters = 1;
    std::int64_t windows = 1;
    std::int64_t count = 0;     ///< in the layer
    bool filters_stay = false;  ///< one pass has all their weights: they are loaded once
  };
  /// Passes of one size: `filters` in all PEs, `taps` and `windows`.
  struct Passes {
    std::int64_t filters = 1;
    std::int64_t taps = 1;
    std::int64_t windows = 1;
    std::int64_t count = 0;  ///< in the layer
    std::int64_t loads = 0;  ///< of them, those whose weights are not in the PEs yet
  };

  void add_filters(const DualCscMapping& map, Boxes tiles, MappingCost& cost) const;
  void add_boxes(const DualCscMapping& map, const Boxes& boxes, MappingCost& cost) const;
  void add(const Passes& passes, MappingCost& cost) const;
  void count_loads(const Passes& passes, MappingCost& cost) const;

  const LayerShape shape_;
  const DualCscShape array_;
};

}  // namespace lacuna

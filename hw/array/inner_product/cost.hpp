// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/array/inner_product/config.hpp"
#include "hw/array/mapping_space.hpp"

namespace lacuna {

/// Closed forms of what mappings of one layer cost on one inner-product array: cycles, words and events are those of
/// the machine, whatever the data but for gating.
class InnerProductCosts {
 public:
  explicit InnerProductCosts(const MappingContext& context);

  /// Of a mapping that is cut to the layer.
  void exact(const InnerProductMapping& mapping, MappingCost& cost) const;
  /// At most, number by number, what the mappings with these n, e, c cost whose m is not above `most_channels`.
  void at_least(InnerProductMapping mapping, std::int64_t most_channels, MappingCost& cost) const;

 private:
  /// Sums over all passes.
  struct Sums {
    std::int64_t weights = 0;  ///< written to registers
    std::int64_t sums = 0;     ///< of the lanes of a unit
  };
  void add_boxes(const InnerProductBox& box, std::int64_t count, MappingCost& cost, Sums& sums) const;
  std::int64_t covered_pes(const InnerProductMapping& mapping) const;

  const LayerShape shape_;
  const bool stored_;  ///< filters come through a tile store
  const InnerProductShape array_;
};

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/array/cartesian_product/config.hpp"
#include "hw/array/mapping_space.hpp"
#include "hw/array/schedule.hpp"

namespace lacuna {

/// Closed forms of what mappings of one layer cost on one Cartesian-product array, on data without zeros: words are
/// those of the machine, events too where there is no padding. Cycles are those of banks without conflicts, a lower
/// bound where banks stall.
class CartesianCosts {
 public:
  explicit CartesianCosts(const MappingContext& context);

  /// Of a mapping that is cut to the layer.
  void add_up(const CartesianMapping& mapping, MappingCost& cost) const;
  /// What no mapping costs less than.
  MappingCost nothing() const;

 private:
  /// What a pass does in one channel; an FC layer counts as one of them.
  struct Channel {
    std::int64_t steps = 0;       ///< of the slowest PE
    std::int64_t pairs = 0;       ///< vector pairs of all PEs
    std::int64_t products = 0;    ///< of all PEs
    std::int64_t vectors = 0;     ///< of activations
    std::int64_t broadcasts = 0;  ///< of weight vectors
    std::int64_t writes = 0;      ///< into all FIFOs
  };
  Channel channel(const CartesianGrid& grid, const FeatureTile& strip, std::int64_t k) const;
  Channel fc_layer(const CartesianGrid& grid, std::int64_t k) const;
  /// Adds `count` passes of k filters on a strip of ofmap rows.
  void add_passes(const FeatureTile& strip, std::int64_t k, std::int64_t count, MappingCost& cost) const;
  void count_words(const CartesianMapping& mapping, MappingCost& cost) const;
  std::int64_t active_pes(const CartesianMapping& mapping) const;

  const MappingContext context_;
  const LayerShape shape_;
  const CartesianShape array_;
};

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/array/mapping_space.hpp"
#include "hw/array/systolic/config.hpp"

namespace lacuna {

/// Closed forms of what mappings of one layer cost on one systolic array: words, events and, because its passes are in
/// lock step, cycles are those of the machine.
class SystolicCosts {
 public:
  explicit SystolicCosts(const MappingContext& context);

  /// Of a mapping that is cut to the layer.
  void exact(const SystolicMapping& mapping, MappingCost& cost) const;
  /// At most, number by number, what the mappings with these n, e, c cost whose m is not above `most_channels`.
  void at_least(SystolicMapping mapping, std::int64_t most_channels, MappingCost& cost) const;

 private:
  /// Tiles of filters x pixels x taps.
  struct Box {
    std::int64_t count = 1;
    std::int64_t filters = 1;
    std::int64_t pixels = 1;
    std::int64_t taps = 1;
  };
  /// Sums over all folds.
  struct Sums {
    std::int64_t issues = 0;
    std::int64_t shifted = 0;  ///< of what PEs hold of the operand that stays, over all the links that it takes
  };
  void add_boxes(const SystolicMapping& mapping, MappingCost& cost, Sums& sums) const;
  void add_box(const Box& box, MappingCost& cost, Sums& sums) const;
  void count_dram(const SystolicMapping& mapping, MappingCost& cost) const;
  void count_events(const Sums& sums, MappingCost& cost) const;
  std::int64_t covered_pes(const SystolicMapping& mapping) const;
  bool filters_stay(const SystolicMapping& mapping, std::int64_t filters) const;

  const LayerShape shape_;
  const SystolicArrayShape array_;
  const Gating gating_;
  const std::int64_t E_;
  const std::int64_t F_;
};

}  // namespace lacuna

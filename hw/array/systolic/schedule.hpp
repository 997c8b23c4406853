// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "hw/array/systolic/config.hpp"
#include "hw/array/tiled_schedule.hpp"

namespace lacuna {

/// A layer cut into folds of a systolic array, one pass each. Loop nest, outermost first: group, m tile, images, strip
/// of ofmap rows, channel tile, then filter folds and pixel folds (output stationary), filter folds and tap folds
/// (weight stationary), or tap folds and pixel folds (input stationary). Both levels run from this one object.
class SystolicSchedule : public TiledSchedule {
 public:
  /// The mapping is legal (broken_capacity is "").
  SystolicSchedule(const MappingContext& context, const SystolicMapping& mapping);

  /// Tap by tap; where a decoder gives them, in the order in which they enter the array: the last row's first (weight
  /// stationary), or step by step of their wavefront, the first column or row first; of a PE, tap by tap.
  std::vector<std::int64_t> filter_positions(std::int64_t tile) const override;
  /// The tiles, and the order of their words where that is not tap by tap.
  std::string filter_tiling() const override;
  AccumulationOrder accumulation_order() const override;

  SystolicArrayShape array;
  Gating gating;
  std::vector<SystolicPass> pass_list;

 private:
  void cut_box(const TiledPass& box) override;
  void add_fold(const TiledPass& box);

  const bool decoded_;  ///< filters come from a weight decoder
};

}  // namespace lacuna

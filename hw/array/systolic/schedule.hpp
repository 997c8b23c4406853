// SPDX-License-Identifier: Apache-2.0
#pragma once

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

  AccumulationOrder accumulation_order() const override;

  SystolicArrayShape array;
  Gating gating;
  std::vector<SystolicPass> pass_list;

 private:
  void cut_box(const TiledPass& box) override;
  void add_fold(const TiledPass& box);
};

}  // namespace lacuna

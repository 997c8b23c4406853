// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/array/clocked_model.hpp"
#include "hw/array/lane_skip/clocked/array.hpp"

namespace lacuna {

/// The clocked lane-skipping array behind the interface that the chip knows: schedule in, activity out.
class LaneSkipClocked : public ClockedModel<LaneSkipArray, LaneSkipContext> {
 public:
  LaneSkipClocked(const LaneSkipSchedule& schedule, const ArraySetup& setup);

  ArrayActivity activity() const override;
};

}  // namespace lacuna

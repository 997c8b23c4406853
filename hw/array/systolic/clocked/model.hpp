// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/array/clocked_model.hpp"
#include "hw/array/systolic/clocked/array.hpp"

namespace lacuna {

/// The clocked systolic array behind the interface that the chip knows: schedule in, activity out.
class SystolicClocked : public ClockedModel<SystolicArray, SystolicContext> {
 public:
  SystolicClocked(const SystolicSchedule& schedule, const ArraySetup& setup);

  ArrayActivity activity() const override;
};

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/array/columns_model.hpp"
#include "hw/array/dual_csc/clocked/array.hpp"

namespace lacuna {

/// The clocked dual_csc array behind the interface that the chip knows: schedule in, activity out.
class DualCscClocked : public ColumnsModel<DualCscArray, DualCscContext> {
 public:
  DualCscClocked(const DualCscSchedule& schedule, const ArraySetup& setup) : ColumnsModel(schedule, setup) {}

  ArrayActivity activity() const override;
};

}  // namespace lacuna

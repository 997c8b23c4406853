// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/array/clocked_model.hpp"
#include "hw/array/row_stationary/clocked/array.hpp"
#include "hw/array/row_stationary/clocked/buffer_port.hpp"

namespace lacuna {

/// The clocked row-stationary array behind the interface that the chip knows: schedule in, activity out.
class RowStationaryClocked : public ClockedModel<RowStationaryArray, ClockedContext> {
 public:
  RowStationaryClocked(const RowStationarySchedule& schedule, const ArraySetup& setup);

  ArrayActivity activity() const override;

 private:
  const RowStationarySchedule& schedule_;
  RowStationaryBufferPort port_;
};

}  // namespace lacuna

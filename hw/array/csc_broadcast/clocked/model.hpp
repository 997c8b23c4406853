// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/array/columns_model.hpp"
#include "hw/array/csc_broadcast/clocked/array.hpp"

namespace lacuna {

/// The clocked csc_broadcast array behind the interface that the chip knows: schedule in, activity out.
class CscBroadcastClocked : public ColumnsModel<CscBroadcastArray, CscContext> {
 public:
  CscBroadcastClocked(const CscBroadcastSchedule& schedule, const ArraySetup& setup) : ColumnsModel(schedule, setup) {}

  ArrayActivity activity() const override;
};

}  // namespace lacuna

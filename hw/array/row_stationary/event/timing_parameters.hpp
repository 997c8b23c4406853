// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/array/row_stationary/event/pass_timing.hpp"
#include "hw/base/field.hpp"
#include "hw/memory/event_weight_decoder.hpp"

namespace lacuna {

/// All that the recurrences go by besides grid and passes: the event model's own copy, as one field list. A test that
/// changes any field must see the event model differ from the clocked one. The size of the filter spad and the three
/// orders are no timing parameters: the first acts through capacity alone, the others are no numbers.
struct RowStationaryTimingParameters : Described {
  RowStationaryTimingParameters(const RowStationaryUnits& resolved, const WeightDecoderParameters& decoder)
      : units(resolved), decoding(decoder) {}

  RowStationaryUnits units;
  RowStationaryLatencies latencies;
  WeightDecoderTiming decoding;  ///< of the decoder that filters come from, if they come from one

  void describe(FieldVisitor& v) override;
};

}  // namespace lacuna

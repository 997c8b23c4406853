// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/array/systolic/pass.hpp"
#include "hw/base/field.hpp"
#include "hw/memory/event_weight_decoder.hpp"

namespace lacuna {

/// All that the edges of a pass depend on besides its fold: the event model's own copy, as one field list. A test that
/// changes any field must see the event model differ from the clocked one.
struct SystolicTimingParameters : Described {
  SystolicTimingParameters(const SystolicArrayShape& array, const WeightDecoderParameters& decoder)
      : rows(array.rows),
        columns(array.columns),
        mac_macs(array.rate.macs),
        mac_cycles(array.rate.cycles),
        decoding(decoder),
        array_(array) {}

  std::int64_t rows = 1;
  std::int64_t columns = 1;
  std::int64_t mac_macs = 1;     ///< MACs of an issue: taps that are one step, or one row
  std::int64_t mac_cycles = 1;   ///< edges of a step
  std::int64_t step = 1;         ///< steps from one issue of a PE to its next
  std::int64_t hop_east = 1;     ///< steps from a column to the next
  std::int64_t hop_south = 1;    ///< steps from a row to the next
  std::int64_t shift_south = 1;  ///< edges from a row to the next while a stationary operand is loaded
  WeightDecoderTiming decoding;  ///< of the decoder that filters come from, if they come from one

  void describe(FieldVisitor& v) override;

  /// How a pass lies on the array by these MACs.
  SystolicFold fold(const SystolicPass& pass) const;
  std::int64_t load() const { return loads() ? rows * shift_south : 0; }
  std::int64_t compute(const SystolicFold& fold) const {
    return ((fold.steps - 1) * step + (rows - 1) * hop_south + (columns - 1) * hop_east + 1) * mac_cycles;
  }
  /// Edges from the first MAC to the last filter word that streams: it enters the last column, or the last row with
  /// real taps.
  std::int64_t filters_sent(const SystolicFold& fold) const;
  /// Steps from a lane that weights stream into to the next.
  std::int64_t lane_hop() const { return loads() ? hop_south : hop_east; }

 private:
  bool loads() const { return !array_.output_stationary(); }

  SystolicArrayShape array_;
};

}  // namespace lacuna

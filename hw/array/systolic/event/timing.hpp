// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>

#include "hw/array/pass_record.hpp"
#include "hw/array/systolic/pass.hpp"
#include "hw/base/field.hpp"

namespace lacuna {

/// All that the edges of a pass depend on besides its fold: the event model's own copy, as one field list. A test that
/// changes any field must see the event model differ from the clocked one.
struct SystolicTimingParameters : Described {
  explicit SystolicTimingParameters(const SystolicArrayShape& array)
      : rows(array.rows), columns(array.columns), loads(!array.output_stationary()) {}

  std::int64_t rows = 1;
  std::int64_t columns = 1;
  std::int64_t step = 1;         ///< edges from one MAC of a PE to its next
  std::int64_t hop_east = 1;     ///< edges from a column to the next
  std::int64_t hop_south = 1;    ///< edges from a row to the next
  std::int64_t shift_south = 1;  ///< edges from a row to the next while a stationary operand is loaded

  void describe(FieldVisitor& v) override;

  std::int64_t load() const { return loads ? rows * shift_south : 0; }
  std::int64_t compute(const SystolicFold& fold) const {
    return (fold.steps - 1) * step + (rows - 1) * hop_south + (columns - 1) * hop_east + 1;
  }

 private:
  bool loads = true;
};

/// Edges of one pass and what it exposed of them to the array: link + load + compute edges follow the end of the pass
/// before.
struct SystolicPassEdges {
  PassRecord record;
  std::int64_t compute_start = 0;
  std::int64_t load = 0;  ///< edges in which the array does nothing but load
  std::int64_t compute = 0;
};

/// Times passes one after the other, in closed form.
class SystolicTimeline {
 public:
  SystolicTimeline(const SystolicArrayShape& array, SystolicTimingParameters parameters)
      : array_(array), parameters_(std::move(parameters)) {}

  /// The next pass, whose words are in the global buffer from edge `allowed` on.
  const SystolicPassEdges& next(const SystolicPass& pass, const SystolicFold& fold, std::int64_t allowed);

 private:
  std::int64_t filters_sent(const SystolicFold& fold) const;

  const SystolicArrayShape array_;
  const SystolicTimingParameters parameters_;
  SystolicPassEdges last_;
};

}  // namespace lacuna

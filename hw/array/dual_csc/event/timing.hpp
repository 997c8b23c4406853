// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hw/array/dual_csc/columns.hpp"
#include "hw/base/field.hpp"

namespace lacuna {

/// All that the edges of a pass depend on besides its words: the event model's own copy, as one field list. A test that
/// changes any field must see the event model differ from the clocked one.
struct DualCscTimingParameters : Described {
  explicit DualCscTimingParameters(const DualCscShape& array)
      : iacts_per_edge(array.iacts_per_edge),
        words_per_edge(array.words_per_edge),
        addresses_per_edge(array.addresses_per_edge),
        psums_per_edge(array.psums_per_edge),
        windows(array.windows),
        macs(array.macs),
        empty_column_edges(array.empty_column_cycles),
        fillers_take_places(array.filler_cycles > 0) {}

  std::int64_t iacts_per_edge = 2;
  std::int64_t words_per_edge = 1;
  std::int64_t addresses_per_edge = 3;
  std::int64_t psums_per_edge = 2;
  std::int64_t windows = 2;             ///< that a PE holds
  std::int64_t macs = 2;                ///< weights of a column in an edge
  std::int64_t slot_edges = 1;          ///< of a PE on those weights
  std::int64_t empty_column_edges = 0;  ///< of a PE on a tap that gives it nothing
  std::int64_t fill_edges = 1;          ///< from the last word of a window to the first work on it
  bool fillers_take_places = false;     ///< of weights

  void describe(FieldVisitor& v) override;
  /// Edges of a PE on the weights of a column, for one activation.
  std::int64_t column_edges(const DualCscColumn& column) const {
    const std::int64_t places = fillers_take_places ? column.entries : column.weights;
    return places == 0 ? empty_column_edges : ceil_div(places, macs) * slot_edges;
  }
};

}  // namespace lacuna

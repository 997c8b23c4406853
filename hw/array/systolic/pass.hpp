// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "hw/array/tiled_schedule.hpp"

namespace lacuna {

/// What stays in the PEs during a fold. Rows, columns and time (the streamed dimension) of the array then are:
///   output_stationary: pixels, filters, taps;  weight_stationary: taps, filters, pixels;
///   input_stationary: taps, pixels, filters.
enum class SystolicDataflow { output_stationary, weight_stationary, input_stationary };

/// The physical array and what it does with a fold. Both levels read this one struct.
struct SystolicArrayShape {
  SystolicDataflow dataflow = SystolicDataflow::weight_stationary;
  std::int64_t rows = 16;
  std::int64_t columns = 16;
  bool double_buffered = false;

  bool output_stationary() const { return dataflow == SystolicDataflow::output_stationary; }
};

/// One pass of the systolic array, which is one fold.
struct SystolicPass : TiledPass {
  bool overlaps = false;  ///< its stationary operand may be loaded while the pass before computes
};

/// How a pass lies on the array: PEs (i, j) with i < rows and j < columns take part, each issues `steps` MACs.
/// Where taps are rows, every row takes part, because psums run through all of them: rows past the last tap do filler
/// work on zeros.
struct SystolicFold {
  SystolicFold(const SystolicArrayShape& array, const SystolicPass& pass);

  bool takes_part(std::int64_t i, std::int64_t j) const { return i < rows && j < columns; }

  /// Weights that enter the array at an edge of the load, counted from its first: a row of real ones, or none.
  std::int64_t weights_loaded(std::int64_t edge) const;
  /// Weights that enter it at an edge of the computing: one a lane, each lane one edge after the one before.
  std::int64_t weights_streamed(std::int64_t edge) const;
  /// Edge of the computing at which the last weight enters; weights stream.
  std::int64_t last_weight_edge() const { return steps - 1 + weight_lanes - 1; }

  std::int64_t rows = 1;       ///< that take part
  std::int64_t real_rows = 1;  ///< of them, those with real words
  std::int64_t columns = 1;
  std::int64_t steps = 1;
  std::int64_t weight_lanes = 0;  ///< rows or columns that weights stream into; 0 where they stay
  std::int64_t load = 0;          ///< edges that the stationary operand takes to shift in
  std::int64_t compute = 1;       ///< edges from the first MAC of PE (0, 0) to the last one of the last PE of the array
};

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <cstdint>

#include "hw/array/tiled_schedule.hpp"
#include "hw/mac/mac_rate.hpp"

namespace lacuna {

/// What stays in the PEs during a fold. Rows, columns and time (the streamed dimension) of the array then are:
///   output_stationary: pixels, filters, taps;  weight_stationary: taps, filters, pixels;
///   input_stationary: taps, pixels, filters.
enum class SystolicDataflow { output_stationary, weight_stationary, input_stationary };

/// Most MACs of an issue that the array takes: words side by side on a link.
constexpr std::int64_t kMostSystolicMacs = 16;

/// The physical array and what it does with a fold. Both levels read this one struct.
struct SystolicArrayShape {
  SystolicDataflow dataflow = SystolicDataflow::weight_stationary;
  std::int64_t rows = 16;
  std::int64_t columns = 16;
  bool double_buffered = false;
  MacRate rate;  ///< of a PE: an issue adds the products of so many consecutive taps to one psum

  /// Taps of which the rows of the array hold one each side by side, where taps are rows.
  std::int64_t taps_of_rows() const { return rows * rate.macs; }
  bool output_stationary() const { return dataflow == SystolicDataflow::output_stationary; }
};

/// One pass of the systolic array, which is one fold.
struct SystolicPass : TiledPass {
  bool overlaps = false;  ///< its stationary operand may be loaded while the pass before computes
};

/// How a pass lies on the array: PEs (i, j) with i < rows and j < columns take part, each issues `steps` times. A group
/// of consecutive taps, as many as an issue does MACs, is a row or a step. Where it is a row, every row takes part,
/// because psums run through all of them: what a row or step has past the last tap is filler work on zeros.
struct SystolicFold {
  SystolicFold(const SystolicArrayShape& array, const SystolicPass& pass);

  bool takes_part(std::int64_t i, std::int64_t j) const { return i < rows && j < columns; }

  /// Taps of a group, counted from the first of the pass, that are there.
  std::int64_t taps_of(std::int64_t group) const {
    return std::clamp<std::int64_t>(taps - group * rate.macs, 0, rate.macs);
  }
  /// Weights that enter the array at an edge of the load, counted from its first: a row of real ones, or none.
  std::int64_t weights_loaded(std::int64_t edge) const;
  /// Weights that enter it at a step of the computing: those of one issue a lane, each lane one step after the one
  /// before.
  std::int64_t weights_streamed(std::int64_t step) const;
  /// Step of the computing at which the last weight enters; weights stream.
  std::int64_t last_weight_step() const { return steps - 1 + weight_lanes - 1; }
  /// Edges on which each PE that takes part has MACs in work.
  std::int64_t busy() const { return steps * rate.cycles; }
  /// MACs that each of them issues, filler included.
  std::int64_t macs() const { return steps * rate.macs; }

  std::int64_t rows = 1;       ///< that take part
  std::int64_t real_rows = 1;  ///< of them, those with real words
  std::int64_t taps = 1;
  bool taps_are_rows = false;  ///< else they are time
  std::int64_t columns = 1;
  std::int64_t steps = 1;
  std::int64_t weight_lanes = 0;  ///< rows or columns that weights stream into; 0 where they stay
  std::int64_t load = 0;          ///< edges that the stationary operand takes to shift in
  std::int64_t compute = 1;       ///< edges from the first MAC of PE (0, 0) to the last one of the last PE of the array
  MacRate rate;
};

}  // namespace lacuna

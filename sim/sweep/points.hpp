// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/sweep/sweep_file.hpp"

namespace lacuna {

/// A point of a sweep: the value of every axis, by its index.
struct SweepPoint {
  std::vector<std::uint32_t> values;  ///< one for each axis, in the order of SweepFile::axes()
};

/// The points that a sweep asks for, in the order in which they are run: all of the grid, or those drawn, that pass the
/// filters. Throws Error (bad_input) for a grid that is too large, for a filter that is no expression over the axes,
/// and where no point is left.
std::vector<SweepPoint> points_of(const SweepFile& sweep);

/// "rows=12, columns=14".
std::string point_text(const SweepFile& sweep, const SweepPoint& point);

}  // namespace lacuna

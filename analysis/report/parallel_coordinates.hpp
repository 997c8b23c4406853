// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "analysis/report/sweep_document.hpp"

namespace lacuna {

/// The scale that tells the front from the others and, where there are any, from those that break a constraint.
nlohmann::json front_colours(const SweepDocument& sweep);

/// Opacity of marks that are not on the front: the more points, the fainter, down to `least`.
double faintness(std::size_t points, double least);

/// Adds to points of shown_points where their lines go: "_axes" (0, 1, 2, ...) and "_places" (0 at the foot, 1 at the
/// head), one for each upright line.
void add_places(const SweepDocument& sweep, nlohmann::json& points);

/// A view of the dataset "points" (shown_points, add_places): a line for every point, from axis to axis and on to the
/// objectives, each stretched over the height; lines of points in the selection "brush" stand out.
nlohmann::json parallel_coordinates_spec(const SweepDocument& sweep);

}  // namespace lacuna

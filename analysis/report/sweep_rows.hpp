// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "analysis/report/sweep_document.hpp"

namespace lacuna {

/// The points that are shown, one JSON object each: "_point" (their place in the plan), "_front" ("Pareto front",
/// "other", "breaks a constraint"), and every axis and figure by its name; a value that is not there is null. The front
/// comes last and is drawn over the others.
nlohmann::json shown_points(const SweepDocument& sweep);

/// Tooltips of a point: its place, all axes, all figures.
nlohmann::json point_tooltip(const SweepDocument& sweep);

/// A name as Vega-Lite takes it for a field: '.', '[' and ']' are escaped, which would reach into objects.
std::string field_of(const std::string& name);

/// "2,000 of 100,000 results are shown: all 40 of the Pareto front and a sample of the others."
std::string shown_text(const SweepDocument& sweep);

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "analysis/report/html_table.hpp"
#include "analysis/report/sweep_document.hpp"

namespace lacuna {

/// The points of the front (the first ones of a very large one): axes, objectives, ranges, and the command line of
/// each.
HtmlTable front_table(const SweepDocument& sweep);

/// What each axis changes, and the values that it took.
HtmlTable axes_table(const SweepDocument& sweep);

HtmlTable objectives_table(const SweepDocument& sweep);

/// The points side by side, in total and by layer; that there are too many where they are not. HTML.
std::string comparison_html(const SweepDocument& sweep);

/// The precisions of a sweep side by side: the table, what must be known of it, energy by layer. HTML.
std::string precisions_html(const ReducedPrecision& precisions);

/// The first failures as a table, and how many there are. HTML.
std::string failures_html(const SweepDocument& sweep);

/// Programs, sources of prices, the base experiment and the sweep itself. HTML.
std::string sweep_provenance_html(const SweepDocument& sweep);

}  // namespace lacuna

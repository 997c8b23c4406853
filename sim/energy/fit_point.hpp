// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "sim/energy/price_table.hpp"

namespace lacuna {

/// Reads the fit of a table: published figures, each beside what the table gives for it. A point of a component names
/// its class, its attributes and its action (or "leakage", "clock", "area") and is worked out here; a point of a whole
/// chip states what its model gave.
std::vector<FitPoint> read_fit(const JsonView& view, const PriceTable& table);

/// What a table gives for a component: {"class", "action" (or "leakage", "clock", "area"), attributes, and "unit" where
/// the table names units}. Throws Error (bad_input) where it has no model for it.
double component_figure(const JsonView& component, const PriceTable& table);

}  // namespace lacuna

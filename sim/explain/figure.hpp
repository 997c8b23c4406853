// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "sim/explain/sheet.hpp"

namespace lacuna {

/// A figure of a layer or of totals, and the result that it is in.
struct TracedFigure {
  const nlohmann::json* result = nullptr;
  std::string group;              ///< pointer of the layer, or of the totals: "/layers/0", "/totals/conv_layers"
  std::vector<std::string> keys;  ///< below that: "energy_pj", "mac"
};

/// A number as results print it, with "?" for one that does not exist.
std::string number_text(const nlohmann::json& number);

/// An energy, pJ, or an area, mm2, and the range that the sources of its prices leave open.
struct PricedFigure {
  double value = 0.0;
  double low = 0.0;
  double high = 0.0;
};

/// What an event costs, and the source of that: for "counts/EVENT".
void add_event_price(Sheet& sheet, const TracedFigure& figure);

/// The events that a component's energy is made of, each with its count, price, range and source: for
/// "energy_pj/COMPONENT". What they add up to; none where the result holds no prices for the layer's words.
std::optional<PricedFigure> add_component_events(Sheet& sheet, const TracedFigure& figure);

/// The units that an area is made of, each with its range and source, mm2: those booked to a component, or all for "".
/// Of a unit that words of several widths use, the widest counts.
PricedFigure add_area_units(Sheet& sheet, const nlohmann::json& result, const std::string& component);

/// The price table of a layer and how well it fits what is published.
void add_price_table(Sheet& sheet, const TracedFigure& figure);

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "sim/explain/sheet.hpp"

namespace lacuna {

/// A figure of a layer or of totals, and the result that it is in.
struct Figure {
  const nlohmann::json* result = nullptr;
  std::string group;              ///< pointer of the layer, or of the totals: "/layers/0", "/totals/conv_layers"
  std::vector<std::string> keys;  ///< below that: "energy_pj", "mac"
};

/// A number as results print it, with "?" for one that does not exist.
std::string number_text(const nlohmann::json& number);

/// What an event costs, and the source of that: for "counts/EVENT".
void add_event_price(Sheet& sheet, const Figure& figure);

/// The events that a component's energy is made of, each with its count, price, range and source: for
/// "energy_pj/COMPONENT". The energy that they add up to, or not a number where the result does not say.
double add_component_events(Sheet& sheet, const Figure& figure);

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "hw/base/unit_attributes.hpp"
#include "sim/energy/price_table.hpp"

namespace lacuna {

/// What one event costs on one chip: a price model with the unit's attributes put in.
struct EventPrice {
  double pj = 0.0;
  double low_pj = 0.0;
  double high_pj = 0.0;
  std::string component;  ///< that the energy is booked to
  std::string source;
  bool fitted = false;
  bool derived = false;
  std::string covered;       ///< why it costs nothing of its own; "" for a price
  std::string extrapolated;  ///< which attributes are outside the model's range; "" when none is
};

/// Prices of all events that a chip raises.
struct Prices {
  std::string table;
  std::string words;  ///< the widths of the words that they are for
  std::int64_t node_nm = 0;
  std::optional<StaticPower> static_power;
  std::string static_extrapolated;           ///< as EventPrice::extrapolated
  std::map<std::string, EventPrice> events;  ///< "unit.action" -> price
  std::vector<FitPoint> fit;
  std::vector<std::string> notes;

  /// Whether any number of it is used outside the range that its source covers.
  bool extrapolated() const;
};

/// Puts the attributes of the units into the models of a table, for every event ("unit.action") that can be counted.
/// Throws Error (bad_input) naming table, event and the unit's attributes when an event has no price, when a model
/// needs an attribute that the unit does not have, and, unless `extrapolate`, when an attribute is outside `valid_for`.
Prices resolve_prices(const PriceTable& table, const std::vector<UnitAttributes>& units,
                      const std::set<std::string>& events, bool extrapolate);

/// The component that a unit's energy is booked to: storage (sram, register_file) by the unit's own name, everything
/// else by class, with FIFOs counted to the NoC that they belong to.
std::string component_of(const UnitAttributes& unit);

}  // namespace lacuna

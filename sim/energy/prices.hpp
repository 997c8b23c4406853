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

/// A component model with a unit's attributes put in, and where it is from.
struct Figure {
  Estimate estimate;
  std::string component;  ///< that it is booked to
  std::string source;
  bool fitted = false;
  bool derived = false;
  std::string covered;       ///< why the unit has none of its own; "" for a figure
  std::string extrapolated;  ///< which attributes are outside the model's range; "" when none is
  std::string macros;        ///< of what macros a large memory is built; "" where it is one piece
};

/// A figure of all instances of a unit.
struct UnitFigure : Figure {
  std::int64_t instances = 1;
  bool in_pe = false;  ///< counts only for PEs that the mapping covers: the clock of the others is gated
};

using UnitFigures = std::map<std::string, UnitFigure>;

/// Prices of all events that a chip raises, and what its units take while they do nothing.
struct Prices {
  std::string table;
  std::string words;                ///< the widths of the words that they are for
  std::vector<std::string> layers;  ///< that they are for, by name
  std::int64_t node_nm = 0;
  std::optional<StaticPower> static_power;
  std::string static_extrapolated;        ///< as Figure::extrapolated
  std::map<std::string, Figure> events;   ///< "unit.action" -> pJ
  std::optional<UnitFigures> leakage_mw;  ///< absent where the table says nothing about it, as below
  std::optional<UnitFigures> clock_pj;    ///< a core cycle
  std::optional<UnitFigures> area_um2;
  std::map<std::string, std::string> variants;
  std::vector<FitPoint> fit;
  std::vector<std::string> notes;

  /// Whether any number of it is used outside the range that its source covers.
  bool extrapolated() const;
  /// Whether a layer of that name runs at them.
  bool are_for(const std::string& layer) const;
  /// Whether they are the same, for the same words: layers apart.
  bool same_as(const Prices& other) const;
};

/// Prices::words of a layer.
std::string words_text(std::int64_t weight_bits, std::int64_t activation_bits);

/// Puts the attributes of the units into the models of a table, for every event ("unit.action") that can be counted and
/// for every unit. Throws Error (bad_input) naming table, event or unit and the unit's attributes when there is no
/// model, when a model needs an attribute that the unit does not have, and, unless `extrapolate`, when an attribute is
/// outside `valid_for`.
Prices resolve_prices(const PriceTable& table, const std::vector<UnitAttributes>& units,
                      const std::set<std::string>& events, bool extrapolate);

/// The unit as this action of it sees it.
UnitAttributes for_action(UnitAttributes unit, const std::string& action);

/// The component that a unit's figures are booked to: storage (sram, register_file, look_up) by the unit's own name,
/// everything else by class, with FIFOs and links between neighbours counted to the NoC that they belong to.
std::string component_of(const UnitAttributes& unit);

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <set>
#include <string>
#include <vector>

#include "hw/base/unit_attributes.hpp"
#include "sim/energy/accelergy_tables.hpp"

namespace lacuna {

/// A chip that prices are made for: what it is made of, and every event that it may count.
struct PricedChip {
  std::string name;
  std::vector<UnitAttributes> units;
  std::set<std::string> events;  ///< "unit.action"
};

/// Where prices are taken from.
struct AccelergyFigures {
  AccelergyTable energies;
  const AccelergyTable* areas = nullptr;  ///< nullptr: the price table says nothing about areas
  const PricedChip* chip = nullptr;       ///< nullptr: for whatever chip has the units of the map
};

/// The price table, as the text of a file (configs/energy/README.md), that a map (sim/energy/accelergy_map.hpp) makes
/// of Accelergy's tables. Every figure says where it is from. With a chip, each is valid for the sizes that its unit
/// has there, and every event of the chip has a price; without one, they have no range, as Accelergy's tables state no
/// sizes. What they do not state is left out: leakage but for actions that the map names, clock energy. Throws Error
/// (bad_input) at the place of the map: a component or an action that the tables do not have, a unit, class, action or
/// attribute that the chip does not have, an event of the chip without a price.
std::string import_accelergy(const JsonView& map, const AccelergyFigures& figures);

}  // namespace lacuna

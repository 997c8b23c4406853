// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "workloads/json/json_view.hpp"

namespace lacuna {

/// Which action of Accelergy's prices an event of ours. The views are the places of the map that name them.
struct AccelergyEvent {
  JsonView component;
  JsonView action;
};

/// What prices the events of one unit.
struct AccelergyUnit {
  std::string component_class;
  std::map<std::string, AccelergyEvent> events;  ///< by our action
  std::map<std::string, std::string> covered;    ///< our action -> why another number of the table holds its price
  std::optional<std::int64_t> per_bits;  ///< bits that Accelergy's action moves; absent: it is one event of ours
  std::string event_bits;                ///< attribute of the unit: bits that one event of ours moves
  std::vector<JsonView> areas;           ///< components whose areas it is the sum of
  bool own_area = false;                 ///< the map names them, which wins over what covers the class
  std::optional<JsonView> leakage;       ///< the action that is its leakage
  double cycle_ns = 0.0;                 ///< that Accelergy's leakage is the energy of
};

/// A file of a user's that says which figures of Accelergy's are the prices of which of our units: MAP.json of `lacuna
/// import`. It borrows the document that it is read from. configs/energy/README.md describes the format.
struct AccelergyMap {
  std::string name;
  std::string description;
  std::string source;  ///< what the tables were made with; "" where the map does not say
  std::int64_t node_nm = 0;
  std::map<std::string, AccelergyUnit> units;
  std::map<std::string, std::string> covered;          ///< "class.action", or "class" for all that it raises
  std::map<std::string, std::string> covered_area;     ///< by class
  std::map<std::string, std::string> covered_leakage;  ///< by class
};

/// Reads a map. Throws Error (bad_input) for unknown keys, wrong types, an action that is priced and covered, a
/// component of an action that is not priced, "event_bits" without "per_bits".
AccelergyMap load_accelergy_map(const JsonView& view);

/// Whether an event is one bit ("read_bit"): Accelergy's figure is then divided by the bits it is for, and not scaled.
bool is_of_one_bit(const std::string& action);

}  // namespace lacuna

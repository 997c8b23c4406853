// SPDX-License-Identifier: Apache-2.0
#include "sim/energy/accelergy_map.hpp"

#include <limits>

#include "sim/energy/component_model.hpp"

namespace lacuna {
namespace {

/// Name -> reason, none empty.
std::map<std::string, std::string> read_reasons(const JsonView& map, const std::string& key) {
  std::map<std::string, std::string> reasons;
  if (!map.has(key)) return reasons;
  const JsonView view = map.at(key);
  for (const std::string& name : view.keys()) reasons[name] = read_stated(view, name);
  return reasons;
}

void read_events(const JsonView& view, AccelergyUnit& unit) {
  const JsonView component = view.at("component");
  const JsonView actions = view.at("actions");
  const std::vector<std::string> names = actions.keys();
  if (names.empty()) actions.fail("found no action; allowed one or more");
  read_stated(view, "component");
  for (const std::string& name : names) {
    read_stated(actions, name);
    if (unit.covered.count(name) != 0)
      actions.at(name).fail("found an action that is covered too; allowed one of both");
    unit.events.emplace(name, AccelergyEvent{component, actions.at(name)});
  }
  if (!view.has("components")) return;
  const JsonView components = view.at("components");
  components.allow_keys(names);
  for (const std::string& name : components.keys()) {
    read_stated(components, name);
    unit.events.at(name).component = components.at(name);
  }
}

void read_bits(const JsonView& view, AccelergyUnit& unit) {
  constexpr std::int64_t kMostBits = 65536;
  if (view.has("per_bits")) unit.per_bits = view.at("per_bits").integer(1, kMostBits);
  unit.event_bits = view.has("event_bits") ? read_stated(view, "event_bits") : "access_bits";
  if (view.has("event_bits") && !unit.per_bits) {
    view.at("event_bits").fail("scales nothing without 'per_bits', the bits that Accelergy's action moves");
  }
}

void read_whole_unit(const JsonView& view, AccelergyUnit& unit) {
  unit.areas.push_back(view.at("component"));
  unit.own_area = view.has("area");
  if (unit.own_area) {
    const JsonView area = view.at("area");
    read_names(area);
    unit.areas.clear();
    for (std::size_t i = 0; i < area.size(); ++i) unit.areas.push_back(area.item(i));
  }
  if (!view.has("leakage")) return;
  const JsonView leakage = view.at("leakage");
  leakage.allow_keys({"action", "cycle_ns"});
  read_stated(leakage, "action");
  unit.leakage = leakage.at("action");
  unit.cycle_ns = leakage.at("cycle_ns").real(std::numeric_limits<double>::min(), std::numeric_limits<double>::max());
}

/// A unit with a component of Accelergy's, or one whose figures are all held by other numbers.
AccelergyUnit read_unit(const JsonView& view) {
  AccelergyUnit unit;
  const bool priced = view.has("component") || view.has("actions");
  if (priced) {
    view.allow_keys(
        {"class", "component", "actions", "components", "per_bits", "event_bits", "covered", "area", "leakage"});
  } else {
    view.allow_keys({"class", "covered"});
    if (view.at("covered").keys().empty()) view.at("covered").fail("found no action; allowed one or more");
  }
  unit.component_class = read_stated(view, "class");
  unit.covered = read_reasons(view, "covered");
  if (!priced) return unit;
  read_events(view, unit);
  read_bits(view, unit);
  read_whole_unit(view, unit);
  return unit;
}

}  // namespace

bool is_of_one_bit(const std::string& action) {
  const std::string ending = "_bit";
  return action.size() >= ending.size() && action.compare(action.size() - ending.size(), ending.size(), ending) == 0;
}

AccelergyMap load_accelergy_map(const JsonView& view) {
  view.allow_keys({"name", "description", "source", "node_nm", "units", "covered", "covered_area", "covered_leakage"});
  AccelergyMap map;
  map.name = read_stated(view, "name");
  map.description = read_stated(view, "description");
  if (view.has("source")) map.source = read_stated(view, "source");
  map.node_nm = view.at("node_nm").integer(1, 1000);
  const JsonView units = view.at("units");
  for (const std::string& unit : units.keys()) map.units[unit] = read_unit(units.at(unit));
  map.covered = read_reasons(view, "covered");
  map.covered_area = read_reasons(view, "covered_area");
  map.covered_leakage = read_reasons(view, "covered_leakage");
  return map;
}

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include "sim/energy/accelergy_import.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sim/energy/accelergy_map.hpp"
#include "sim/energy/prices.hpp"

namespace lacuna {
namespace {

using Json = nlohmann::ordered_json;

/// The action of "unit.action", where it is of that unit; else "".
std::string action_of(const std::string& event, const std::string& unit) {
  const bool own = event.compare(0, unit.size() + 1, unit + ".") == 0;
  return own ? event.substr(unit.size() + 1) : "";
}

std::vector<std::string> actions_of(const PricedChip& chip, const std::string& unit) {
  std::vector<std::string> actions;
  for (const std::string& event : chip.events) {
    const std::string action = action_of(event, unit);
    if (!action.empty()) actions.push_back(action);
  }
  return actions;
}

/// The actions that the units of a class raise, each once.
std::set<std::string> actions_of_class(const PricedChip& chip, const std::string& component_class) {
  std::set<std::string> actions;
  for (const UnitAttributes& unit : chip.units) {
    if (unit.component_class != component_class) continue;
    for (const std::string& action : actions_of(chip, unit.unit)) actions.insert(action);
  }
  return actions;
}

/// Refuses what a map says about units, classes and actions that a chip does not have.
class ChipCheck {
 public:
  explicit ChipCheck(const PricedChip& chip) : chip_(chip) {}

  void check(const JsonView& map) const {
    std::vector<std::string> names;
    for (const UnitAttributes& unit : chip_.units) names.push_back(unit.unit);
    map.at("units").allow_keys(names);
    for (const UnitAttributes& unit : chip_.units) {
      if (map.at("units").has(unit.unit)) check_unit(map.at("units").at(unit.unit), unit);
    }
    if (map.has("covered")) map.at("covered").allow_keys(events_by_class());
    for (const char* key : {"covered_area", "covered_leakage"}) {
      if (map.has(key)) map.at(key).allow_keys(classes());
    }
  }

 private:
  void check_unit(const JsonView& view, const UnitAttributes& unit) const {
    view.at("class").text_of({unit.component_class});
    const std::vector<std::string> actions = actions_of(chip_, unit.unit);
    for (const char* key : {"actions", "covered"}) {
      if (view.has(key)) view.at(key).allow_keys(actions);
    }
  }

  std::vector<std::string> classes() const {
    std::set<std::string> names;
    for (const UnitAttributes& unit : chip_.units) names.insert(unit.component_class);
    return {names.begin(), names.end()};
  }

  std::vector<std::string> events_by_class() const {
    std::vector<std::string> names;
    for (const std::string& name : classes()) {
      names.push_back(name);
      for (const std::string& action : actions_of_class(chip_, name)) names.push_back(name + "." + action);
    }
    return names;
  }

  const PricedChip& chip_;
};

/// "value_pj", "low_pj", "high_pj".
Json term_of(const Estimate& estimate, const std::string& unit) {
  return {{"value_" + unit, estimate.value}, {"low_" + unit, estimate.low}, {"high_" + unit, estimate.high}};
}

/// Puts a price table together.
class Importer {
 public:
  Importer(const JsonView& view, const AccelergyFigures& figures)
      : view_(view), map_(load_accelergy_map(view)), figures_(figures) {
    if (figures.chip != nullptr) ChipCheck(*figures.chip).check(view);
  }

  Json table() const;

 private:
  Json prices() const;
  Json price(const std::string& unit, const std::string& action) const;
  Json covered_prices() const;
  Json areas() const;
  Json leakages() const;
  Json covered_of(const std::map<std::string, std::string>& reasons) const;
  Json valid_for(const std::string& unit, const std::string& action, const std::string& scaled_by) const;
  std::string scaled_by(const std::string& unit, const std::string& action) const;
  void refuse_unknown_attribute(const std::string& unit, const std::string& action, const std::string& attribute) const;
  const UnitAttributes& chip_unit(const std::string& name) const;
  bool has_leakage() const;
  static std::string source(const std::string& file, const std::string& component, const std::string& more);
  std::string energy_source(const AccelergyComponent& component, const std::string& action) const;

  const JsonView& view_;
  const AccelergyMap map_;
  const AccelergyFigures& figures_;
};

const UnitAttributes& Importer::chip_unit(const std::string& name) const {
  const std::vector<UnitAttributes>& units = figures_.chip->units;
  return *std::find_if(units.begin(), units.end(), [&](const UnitAttributes& unit) { return unit.unit == name; });
}

std::string Importer::source(const std::string& file, const std::string& component, const std::string& more) {
  return "Accelergy, " + file + ", component " + component + more;
}

std::string Importer::energy_source(const AccelergyComponent& component, const std::string& action) const {
  const std::string& range = component.actions.at(action).range;
  return source(figures_.energies.file, component.name, ", action " + action + (range.empty() ? "" : "; " + range));
}

/// The attribute that an event's price is proportional to, or "".
std::string Importer::scaled_by(const std::string& unit, const std::string& action) const {
  const AccelergyUnit& mapped = map_.units.at(unit);
  return mapped.per_bits && !is_of_one_bit(action) ? mapped.event_bits : "";
}

/// The sizes that the unit has on the chip, as this action of it sees them. How many there are of it, and what the
/// price is proportional to, bind no price.
Json Importer::valid_for(const std::string& unit, const std::string& action, const std::string& scaled_by) const {
  Json ranges = Json::object();
  for (const auto& [attribute, value] : for_action(chip_unit(unit), action).attributes) {
    if (attribute != "instances" && attribute != scaled_by) ranges[attribute] = {value, value};
  }
  return ranges;
}

void Importer::refuse_unknown_attribute(const std::string& unit, const std::string& action,
                                        const std::string& attribute) const {
  const UnitAttributes seen = for_action(chip_unit(unit), action);
  if (attribute.empty() || seen.attributes.count(attribute) != 0) return;
  std::vector<std::string> known;
  for (const auto& entry : seen.attributes) known.push_back(entry.first);
  view_.at("units").at(unit).fail("'event_bits' is no attribute of event '" + action + "' on chip '" +
                                  figures_.chip->name + "', found '" + attribute + "'; allowed " + joined(known) +
                                  did_you_mean(attribute, known));
}

Json Importer::price(const std::string& unit, const std::string& action) const {
  const AccelergyUnit& mapped = map_.units.at(unit);
  const AccelergyEvent& event = mapped.events.at(action);
  const AccelergyComponent& component = figures_.energies.find(event.component);
  Estimate pj = AccelergyTable::find_action(component, event.action).pj;
  std::string text = energy_source(component, event.action.text());
  const std::string attribute = scaled_by(unit, action);
  if (mapped.per_bits) {
    const auto bits = static_cast<double>(*mapped.per_bits);
    pj = {pj.value / bits, pj.low / bits, pj.high / bits};
    text += "; for " + std::to_string(*mapped.per_bits) + " bits, here for one" +
            (attribute.empty() ? "" : " of " + attribute);
  }
  Json term = term_of(pj, "pj");
  if (!attribute.empty()) term["per"] = {attribute};
  Json price = {{"class", mapped.component_class}, {"units", {unit}}, {"actions", {action}}};
  price["terms"] = Json::array({term});
  price["source"] = text;
  if (figures_.chip == nullptr) return price;
  refuse_unknown_attribute(unit, action, attribute);
  const Json ranges = valid_for(unit, action, attribute);
  if (!ranges.empty()) price["valid_for"] = ranges;
  return price;
}

Json Importer::prices() const {
  Json list = Json::array();
  for (const auto& [unit, mapped] : map_.units) {
    for (const auto& entry : mapped.events) list.push_back(price(unit, entry.first));
    for (const auto& [action, reason] : mapped.covered) {
      list.push_back({{"class", mapped.component_class},
                      {"units", Json::array({unit})},
                      {"actions", Json::array({action})},
                      {"covered", reason}});
    }
  }
  for (const Json& model : covered_prices()) list.push_back(model);
  return list;
}

/// One for each class and action; a class alone stands for all that it raises on the chip and that no other entry
/// names.
Json Importer::covered_prices() const {
  Json list = Json::array();
  const auto add = [&](const std::string& component_class, const std::string& action, const std::string& reason) {
    list.push_back({{"class", component_class}, {"actions", Json::array({action})}, {"covered", reason}});
  };
  for (const auto& [name, reason] : map_.covered) {
    const std::size_t dot = name.find('.');
    if (dot != std::string::npos) {
      if (dot == 0 || dot + 1 == name.size())
        view_.at("covered").at(name).fail("found no class and event; allowed class.event");
      add(name.substr(0, dot), name.substr(dot + 1), reason);
    } else if (figures_.chip == nullptr) {
      view_.at("covered").at(name).fail("found a class alone, whose events only a chip tells; allowed " + name +
                                        ".EVENT, or with --chip");
    } else {
      for (const std::string& action : actions_of_class(*figures_.chip, name)) {
        if (map_.covered.count(name + "." + action) == 0) add(name, action, reason);
      }
    }
  }
  return list;
}

Json Importer::covered_of(const std::map<std::string, std::string>& reasons) const {
  Json list = Json::array();
  for (const auto& [name, reason] : reasons) list.push_back({{"class", name}, {"covered", reason}});
  return list;
}

/// Of one instance, as Accelergy has them.
Json Importer::areas() const {
  Json list = covered_of(map_.covered_area);
  for (const auto& [unit, mapped] : map_.units) {
    const bool covered = !mapped.own_area && map_.covered_area.count(mapped.component_class) != 0;
    if (mapped.areas.empty() || covered) continue;
    Json model = {{"class", mapped.component_class}, {"units", Json::array({unit})}, {"terms", Json::array()}};
    std::string names;
    for (const JsonView& place : mapped.areas) {
      const AccelergyComponent& component = figures_.areas->find(place);
      const double um2 = component.area_um2;
      model["terms"].push_back(term_of({um2, um2, um2}, "um2"));
      names += (names.empty() ? "" : " and ") + component.name;
    }
    model["source"] = source(figures_.areas->file, names, "");
    if (figures_.chip != nullptr && !valid_for(unit, "", "").empty()) model["valid_for"] = valid_for(unit, "", "");
    list.push_back(model);
  }
  return list;
}

bool Importer::has_leakage() const {
  return !map_.covered_leakage.empty() ||
         std::any_of(map_.units.begin(), map_.units.end(), [](const auto& unit) { return unit.second.leakage; });
}

/// pJ a cycle over ns a cycle are mW.
Json Importer::leakages() const {
  Json list = covered_of(map_.covered_leakage);
  for (const auto& [unit, mapped] : map_.units) {
    if (!mapped.leakage) continue;
    const AccelergyComponent& component = figures_.energies.find(view_.at("units").at(unit).at("component"));
    const Estimate& pj = AccelergyTable::find_action(component, *mapped.leakage).pj;
    const double ns = mapped.cycle_ns;
    Json model = {{"class", mapped.component_class}, {"units", Json::array({unit})}};
    model["terms"] = Json::array({term_of({pj.value / ns, pj.low / ns, pj.high / ns}, "mw")});
    model["source"] = energy_source(component, mapped.leakage->text()) + "; pJ a cycle of " + Json(ns).dump() + " ns";
    if (figures_.chip != nullptr && !valid_for(unit, "", "").empty()) model["valid_for"] = valid_for(unit, "", "");
    list.push_back(model);
  }
  return list;
}

Json Importer::table() const {
  std::string files = figures_.energies.file;
  if (figures_.areas != nullptr) files += ", " + figures_.areas->file;
  Json table = {{"name", map_.name},
                {"description", map_.description},
                {"source", "Accelergy, " + files + (map_.source.empty() ? "" : "; " + map_.source)},
                {"node_nm", map_.node_nm},
                {"prices", prices()}};
  if (has_leakage()) table["leakage"] = leakages();
  if (figures_.areas != nullptr) table["area"] = areas();
  table["notes"] = Json::array();
  if (!has_leakage()) table["notes"].push_back("No leakage: the map takes no action of Accelergy's for it.");
  table["notes"].push_back("No clock energy: Accelergy's tables state none.");
  return table;
}

}  // namespace

std::string import_accelergy(const JsonView& map, const AccelergyFigures& figures) {
  const Json table = Importer(map, figures).table();
  const JsonDocument document(nlohmann::json::parse(table.dump()), map.origin());
  const PriceTable loaded = load_price_table(document.view());  // what is written can be read
  if (figures.chip != nullptr) resolve_prices(loaded, figures.chip->units, figures.chip->events, false);
  return table.dump(2) + "\n";
}

}  // namespace lacuna

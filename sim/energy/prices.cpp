// SPDX-License-Identifier: Apache-2.0
#include "sim/energy/prices.hpp"

#include <algorithm>
#include <cmath>

#include "hw/base/error.hpp"

namespace lacuna {
namespace {

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string label(const PriceTable& table) { return table.origin + ": price table '" + table.name + "': "; }

/// "mac (class mac: accumulator_bits 16, operand_bits 16)"
std::string described(const UnitAttributes& unit) {
  std::string list;
  for (const auto& [attribute, value] : unit.attributes) {
    list += (list.empty() ? "" : ", ") + attribute + " " + std::to_string(value);
  }
  return unit.unit + " (class " + unit.component_class + ": " + (list.empty() ? "no attributes" : list) + ")";
}

/// "operand_bits = 8 is outside 16 to 16", for each attribute that is; "" when none is.
std::string outside(const std::map<std::string, AttributeRange>& ranges, const UnitAttributes& unit,
                    const std::string& what) {
  std::string result;
  for (const auto& [attribute, range] : ranges) {
    const auto found = unit.attributes.find(attribute);
    if (found == unit.attributes.end()) {
      fail_input(what + " is bound to attribute '" + attribute + "', which unit " + described(unit) +
                 " does not state");
    }
    if (found->second >= range.low && found->second <= range.high) continue;
    result += (result.empty() ? "" : ", ") + unit.unit + " " + attribute + " = " + std::to_string(found->second) +
              " is outside " + std::to_string(range.low) + " to " + std::to_string(range.high);
  }
  return result;
}

/// The product of a term's factors.
double scale_of(const PriceTerm& term, const UnitAttributes& unit, const std::string& what) {
  double scale = 1.0;
  for (const PriceFactor& factor : term.factors) {
    const auto found = unit.attributes.find(factor.attribute);
    if (found == unit.attributes.end()) {
      fail_input(what + " needs attribute '" + factor.attribute + "', which unit " + described(unit) +
                 " does not state");
    }
    const auto value = static_cast<double>(found->second);
    scale *= factor.square_root ? std::sqrt(value) : value;
  }
  return scale;
}

/// The model of one action of a unit: one that names the unit wins over one for the whole class; nullptr without any.
const PriceModel* find_model(const PriceTable& table, const UnitAttributes& unit, const std::string& action) {
  const PriceModel* result = nullptr;
  for (const PriceModel& model : table.prices) {
    if (model.component_class != unit.component_class || !contains(model.actions, action)) continue;
    if (contains(model.units, unit.unit)) return &model;
    if (model.units.empty()) result = &model;
  }
  return result;
}

EventPrice evaluate(const PriceModel& model, const UnitAttributes& unit, const std::string& what) {
  EventPrice price;
  price.component = component_of(unit);
  price.source = model.source;
  price.fitted = model.fitted;
  price.derived = model.derived;
  price.covered = model.covered;
  for (const PriceTerm& term : model.terms) {
    const double scale = scale_of(term, unit, what);
    price.pj += term.value_pj * scale;
    price.low_pj += term.low_pj * scale;
    price.high_pj += term.high_pj * scale;
  }
  return price;
}

[[noreturn]] void fail_without_price(const PriceTable& table, const UnitAttributes& unit, const std::string& event) {
  std::set<std::string> actions;
  for (const PriceModel& model : table.prices) {
    const bool applies = model.units.empty() || contains(model.units, unit.unit);
    if (model.component_class == unit.component_class && applies) {
      actions.insert(model.actions.begin(), model.actions.end());
    }
  }
  std::string list;
  for (const std::string& action : actions) list += (list.empty() ? "" : ", ") + action;
  fail_input(label(table) + "no price for event '" + event + "' of unit " + described(unit) +
             "; priced actions of that unit: " + (list.empty() ? "none" : list));
}

void refuse_outside(const PriceTable& table, const std::string& what, const std::string& problem, bool extrapolate) {
  if (problem.empty() || extrapolate) return;
  fail_input(label(table) + what + ": " + problem + "; allowed inside that range, or anywhere with --extrapolate");
}

const UnitAttributes& unit_named(const PriceTable& table, const std::vector<UnitAttributes>& units,
                                 const std::string& name, const std::string& what) {
  for (const UnitAttributes& unit : units) {
    if (unit.unit == name) return unit;
  }
  fail_input(label(table) + what + ": the chip describes no unit '" + name + "'");
}

/// The unit as this action of it sees it.
UnitAttributes for_action(UnitAttributes unit, const std::string& action) {
  const auto own = unit.of_action.find(action);
  if (own == unit.of_action.end()) return unit;
  for (const auto& [attribute, value] : own->second) unit.attributes[attribute] = value;
  return unit;
}

}  // namespace

bool Prices::extrapolated() const {
  const auto is_outside = [](const auto& entry) { return !entry.second.extrapolated.empty(); };
  return !static_extrapolated.empty() || std::any_of(events.begin(), events.end(), is_outside);
}

Prices resolve_prices(const PriceTable& table, const std::vector<UnitAttributes>& units,
                      const std::set<std::string>& events, bool extrapolate) {
  Prices prices;
  prices.table = table.name;
  prices.node_nm = table.node_nm;
  prices.static_power = table.static_power;
  prices.fit = table.fit;
  prices.notes = table.notes;
  for (const std::string& event : events) {
    const std::size_t dot = event.find('.');
    const std::string what = "event '" + event + "'";
    const std::string action = dot == std::string::npos ? "" : event.substr(dot + 1);
    const UnitAttributes unit = for_action(unit_named(table, units, event.substr(0, dot), what), action);
    const PriceModel* model = find_model(table, unit, action);
    if (model == nullptr) fail_without_price(table, unit, event);
    EventPrice price = evaluate(*model, unit, label(table) + "the price of " + what);
    price.extrapolated = outside(model->valid_for, unit, label(table) + "the price of " + what);
    refuse_outside(table, what, price.extrapolated, extrapolate);
    prices.events[event] = std::move(price);
  }
  if (!table.static_power) return prices;
  for (const auto& [name, ranges] : table.static_power->valid_for) {
    const UnitAttributes& unit = unit_named(table, units, name, "static power");
    const std::string problem = outside(ranges, unit, label(table) + "static power");
    refuse_outside(table, "static power", problem, extrapolate);
    if (!problem.empty()) prices.static_extrapolated += (prices.static_extrapolated.empty() ? "" : ", ") + problem;
  }
  return prices;
}

std::string component_of(const UnitAttributes& unit) {
  if (unit.component_class == "sram" || unit.component_class == "register_file") return unit.unit;
  return unit.component_class == "fifo" ? "noc" : unit.component_class;
}

}  // namespace lacuna

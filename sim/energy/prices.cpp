// SPDX-License-Identifier: Apache-2.0
#include "sim/energy/prices.hpp"

#include <algorithm>
#include <tuple>

#include "hw/base/error.hpp"
#include "sim/energy/macros.hpp"

namespace lacuna {
namespace {

/// One table with the rules by which it is used.
class Resolver {
 public:
  Resolver(const PriceTable& table, const std::vector<UnitAttributes>& units, bool extrapolate)
      : table_(table), units_(units), extrapolate_(extrapolate) {}

  Figure event(const std::string& event) const;
  /// Of all units, or of those that do not sit the layer out.
  UnitFigures figures(const std::vector<ComponentModel>& models, const std::string& quantity, bool of_idle) const;
  std::string static_problem() const;

 private:
  /// All but the estimate; an attribute outside the model's range is refused, or marked.
  Figure figure(const ComponentModel& model, const UnitAttributes& unit, const std::string& what) const;
  [[noreturn]] void fail_without_price(const UnitAttributes& unit, const std::string& event) const;
  void refuse_outside(const std::string& what, const std::string& problem) const;
  const UnitAttributes& unit_named(const std::string& name, const std::string& what) const;
  std::string label() const { return table_.origin + ": price table '" + table_.name + "': "; }

  const PriceTable& table_;
  const std::vector<UnitAttributes>& units_;
  bool extrapolate_;
};

Figure Resolver::figure(const ComponentModel& model, const UnitAttributes& unit, const std::string& what) const {
  Figure figure;
  figure.component = component_of(unit);
  figure.source = model.source;
  figure.fitted = model.fitted;
  figure.derived = model.derived;
  figure.covered = model.covered;
  figure.extrapolated = outside(model.valid_for, unit, label() + "the price of " + what);
  refuse_outside(what, figure.extrapolated);
  return figure;
}

void Resolver::fail_without_price(const UnitAttributes& unit, const std::string& event) const {
  std::set<std::string> actions;
  for (const PriceModel& model : table_.prices) {
    const bool applies = model.units.empty() || model.names(unit);
    if (model.component_class == unit.component_class && applies) {
      actions.insert(model.actions.begin(), model.actions.end());
    }
  }
  std::string list;
  for (const std::string& action : actions) list += (list.empty() ? "" : ", ") + action;
  fail_input(label() + "no price for event '" + event + "' of unit " + described(unit) +
             "; priced actions of that unit: " + (list.empty() ? "none" : list));
}

void Resolver::refuse_outside(const std::string& what, const std::string& problem) const {
  if (problem.empty() || extrapolate_) return;
  fail_input(label() + what + ": " + problem +
             "; allowed inside that range, with another table (--energy), or anywhere with --extrapolate");
}

const UnitAttributes& Resolver::unit_named(const std::string& name, const std::string& what) const {
  for (const UnitAttributes& unit : units_) {
    if (unit.unit == name && !unit.idle) return unit;
  }
  fail_input(label() + what + ": the chip describes no unit '" + name + "'");
}

Figure Resolver::event(const std::string& event) const {
  const std::size_t dot = event.find('.');
  const std::string what = "event '" + event + "'";
  const std::string action = dot == std::string::npos ? "" : event.substr(dot + 1);
  const UnitAttributes unit = for_action(unit_named(event.substr(0, dot), what), action);
  const PriceModel* model = table_.find(unit, action);
  if (model == nullptr) fail_without_price(unit, event);
  const Macros macros = split_into_macros(*model, unit);
  const Estimate estimate = action_estimate(*model, macros, label() + "the price of " + what);
  Figure priced = figure(*model, macros.macro, what);
  priced.estimate = estimate;
  if (macros.count > 1) priced.macros = described(macros, unit);
  return priced;
}

UnitFigures Resolver::figures(const std::vector<ComponentModel>& models, const std::string& quantity,
                              bool of_idle) const {
  UnitFigures result;
  for (const UnitAttributes& unit : units_) {
    if (unit.idle && !of_idle) continue;
    const ComponentModel* model = find_model(models, unit);
    if (model == nullptr) fail_input(label() + "no " + quantity + " for unit " + described(unit));
    UnitFigure entry;
    const std::string what = quantity + " of '" + unit.label() + "'";
    static_cast<Figure&>(entry) = figure(*model, unit, what);
    entry.estimate = evaluate(*model, unit, label() + "the price of " + what);
    entry.instances = unit.instances();
    entry.estimate = entry.estimate * static_cast<double>(entry.instances);
    entry.in_pe = unit.in_pe;
    result[unit.label()] = std::move(entry);
  }
  return result;
}

std::string Resolver::static_problem() const {
  std::string problems;
  for (const auto& [name, ranges] : table_.static_power->valid_for) {
    const std::string problem = outside(ranges, unit_named(name, "static power"), label() + "static power");
    refuse_outside("static power", problem);
    if (!problem.empty()) problems += (problems.empty() ? "" : ", ") + problem;
  }
  return problems;
}

bool is_outside(const Figure& figure) { return !figure.extrapolated.empty(); }

template <class Figures>
bool any_outside(const Figures& figures) {
  return std::any_of(figures.begin(), figures.end(), [](const auto& entry) { return is_outside(entry.second); });
}

bool same_figures(const Figure& a, const Figure& b) {
  const auto numbers = [](const Figure& f) { return std::tie(f.estimate.value, f.estimate.low, f.estimate.high); };
  return numbers(a) == numbers(b) && a.component == b.component && a.extrapolated == b.extrapolated;
}

/// Those of units: none, or the same of each.
bool same_units(const std::optional<UnitFigures>& a, const std::optional<UnitFigures>& b) {
  if (!a || !b) return !a && !b;
  return a->size() == b->size() && std::equal(a->begin(), a->end(), b->begin(), [](const auto& x, const auto& y) {
           return x.first == y.first && same_figures(x.second, y.second);
         });
}

/// What is built of macros, once each.
void add_macros(const Figure& figure, std::vector<std::string>& notes) {
  const bool known = std::find(notes.begin(), notes.end(), figure.macros) != notes.end();
  if (!figure.macros.empty() && !known) notes.push_back(figure.macros);
}

}  // namespace

bool Prices::extrapolated() const {
  return !static_extrapolated.empty() || any_outside(events) || (leakage_mw && any_outside(*leakage_mw)) ||
         (clock_pj && any_outside(*clock_pj)) || (area_um2 && any_outside(*area_um2));
}

bool Prices::are_for(const std::string& layer) const {
  return std::find(layers.begin(), layers.end(), layer) != layers.end();
}

bool Prices::same_as(const Prices& other) const {
  const bool same_events =
      events.size() == other.events.size() &&
      std::equal(events.begin(), events.end(), other.events.begin(),
                 [](const auto& a, const auto& b) { return a.first == b.first && same_figures(a.second, b.second); });
  return words == other.words && same_events && same_units(leakage_mw, other.leakage_mw) &&
         same_units(clock_pj, other.clock_pj) && same_units(area_um2, other.area_um2);
}

std::string words_text(std::int64_t weight_bits, std::int64_t activation_bits) {
  return std::to_string(weight_bits) + "-bit weights, " + std::to_string(activation_bits) + "-bit activations";
}

Prices resolve_prices(const PriceTable& table, const std::vector<UnitAttributes>& units,
                      const std::set<std::string>& events, bool extrapolate) {
  const Resolver resolver(table, units, extrapolate);
  Prices prices;
  prices.table = table.name;
  prices.node_nm = table.scaled_to_nm;
  prices.static_power = table.static_power;
  prices.variants = table.variants;
  prices.fit = table.fit;
  prices.notes = table.notes;
  for (const std::string& event : events) prices.events[event] = resolver.event(event);
  if (table.leakage) prices.leakage_mw = resolver.figures(*table.leakage, "leakage", true);
  if (table.clock) prices.clock_pj = resolver.figures(*table.clock, "clock energy", false);
  if (table.area) prices.area_um2 = resolver.figures(*table.area, "area", true);
  for (const auto& entry : prices.events) add_macros(entry.second, prices.notes);
  if (table.static_power) prices.static_extrapolated = resolver.static_problem();
  return prices;
}

UnitAttributes for_action(UnitAttributes unit, const std::string& action) {
  const auto own = unit.of_action.find(action);
  if (own == unit.of_action.end()) return unit;
  for (const auto& [attribute, value] : own->second) unit.attributes[attribute] = value;
  return unit;
}

std::string component_of(const UnitAttributes& unit) {
  const std::string& kind = unit.component_class;
  if (kind == "sram" || kind == "register_file" || kind == "look_up") return unit.unit;
  return kind == "fifo" || kind == "link" ? "noc" : kind;
}

}  // namespace lacuna

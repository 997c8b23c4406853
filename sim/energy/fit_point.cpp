// SPDX-License-Identifier: Apache-2.0
#include "sim/energy/fit_point.hpp"

#include <limits>

#include "sim/energy/macros.hpp"

namespace lacuna {
namespace {

constexpr double kRealMax = std::numeric_limits<double>::max();

/// {"class": "sram", "action": "read", "variant": ..., "words": 224, "word_bits": 16}
UnitAttributes read_component(const JsonView& view) {
  UnitAttributes unit;
  unit.component_class = read_stated(view, "class");
  unit.unit = view.has("unit") ? read_stated(view, "unit") : unit.component_class;
  for (const std::string& key : view.keys()) {
    if (key == "class" || key == "action" || key == "unit") continue;
    unit.attributes[key] = view.at(key).integer(0, std::numeric_limits<std::int64_t>::max());
  }
  return unit;
}

/// Figures of whole units by the name that stands for them in place of an action; null for an action.
const std::optional<std::vector<ComponentModel>>* whole_units(const PriceTable& table, const std::string& action) {
  if (action == "leakage") return &table.leakage;
  if (action == "clock") return &table.clock;
  return action == "area" ? &table.area : nullptr;
}

FitPoint read_fit_point(const JsonView& view, const PriceTable& table) {
  const bool component = view.has("component");
  view.allow_keys({"what", "unit", "published", component ? "component" : "model"});
  FitPoint point;
  point.what = read_stated(view, "what");
  point.unit = read_stated(view, "unit");
  point.published = view.at("published").real(std::numeric_limits<double>::min(), kRealMax);
  point.model = component ? component_figure(view.at("component"), table) : view.at("model").real(0.0, kRealMax);
  return point;
}

}  // namespace

double component_figure(const JsonView& component, const PriceTable& table) {
  const UnitAttributes unit = read_component(component);
  const std::string action = read_stated(component, "action");
  const std::string what = component.origin() + ": the model";
  if (const auto* whole = whole_units(table, action)) {
    const ComponentModel* model = *whole ? find_model(**whole, unit) : nullptr;
    if (model != nullptr) return evaluate(*model, unit, what).value;
  } else if (const PriceModel* model = table.find(unit, action)) {
    return action_estimate(*model, split_into_macros(*model, unit), what).value;
  }
  component.fail("the table has no model for '" + action + "' of class '" + unit.component_class + "'");
}

std::vector<FitPoint> read_fit(const JsonView& view, const PriceTable& table) {
  std::vector<FitPoint> fit;
  for (std::size_t i = 0; i < view.size(); ++i) fit.push_back(read_fit_point(view.item(i), table));
  return fit;
}

}  // namespace lacuna

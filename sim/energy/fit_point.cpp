// SPDX-License-Identifier: Apache-2.0
#include "sim/energy/fit_point.hpp"

#include <limits>

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

const ComponentModel* model_of(const PriceTable& table, const UnitAttributes& unit, const std::string& action) {
  const std::optional<std::vector<ComponentModel>>* whole = action == "leakage" ? &table.leakage
                                                            : action == "clock" ? &table.clock
                                                            : action == "area"  ? &table.area
                                                                                : nullptr;
  if (whole == nullptr) return table.find(unit, action);
  return *whole ? find_model(**whole, unit) : nullptr;
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
  const ComponentModel* model = model_of(table, unit, action);
  if (model == nullptr) {
    component.fail("the table has no model for '" + action + "' of class '" + unit.component_class + "'");
  }
  return evaluate(*model, unit, component.origin() + ": the model").value;
}

std::vector<FitPoint> read_fit(const JsonView& view, const PriceTable& table) {
  std::vector<FitPoint> fit;
  for (std::size_t i = 0; i < view.size(); ++i) fit.push_back(read_fit_point(view.item(i), table));
  return fit;
}

}  // namespace lacuna

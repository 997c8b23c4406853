// SPDX-License-Identifier: Apache-2.0
#include "sim/energy/price_table.hpp"

#include <algorithm>
#include <limits>
#include <set>

#include "hw/base/error.hpp"
#include "sim/energy/fit_point.hpp"
#include "sim/energy/node_scaling.hpp"

namespace lacuna {
namespace {

bool contains(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// One figure for a thing of a unit: no two models may hold for it.
void refuse_duplicates(const ComponentModel& model, const std::vector<std::string>& things, const JsonView& view,
                       std::set<std::string>& seen) {
  const std::vector<std::string> every_unit = {""};
  for (const std::string& unit : model.units.empty() ? every_unit : model.units) {
    for (const std::string& thing : things) {
      const std::string what =
          thing + " of class '" + model.component_class + "'" + (unit.empty() ? "" : ", unit '" + unit + "'");
      if (!seen.insert(what).second) view.fail("a second model for " + what + "; allowed one");
    }
  }
}

LargestMacro read_largest_macro(const JsonView& view) {
  view.allow_keys({"bits", "word_bits"});
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  LargestMacro largest;
  largest.word_bits = view.at("word_bits").integer(1, kMost);
  largest.bits = view.at("bits").integer(1, kMost);
  if (largest.bits < largest.word_bits) {
    view.at("bits").fail("found " + std::to_string(largest.bits) + "; allowed at least a row, " +
                         std::to_string(largest.word_bits));
  }
  return largest;
}

PriceModel read_price_model(const JsonView& view, std::set<std::string>& seen) {
  PriceModel model;
  static_cast<ComponentModel&>(model) = read_component_model(view, "pj", {"actions", "variant", "largest_macro"});
  model.actions = read_names(view.at("actions"));
  if (view.has("variant")) model.variant = read_stated(view, "variant");
  if (view.has("largest_macro")) model.largest_macro = read_largest_macro(view.at("largest_macro"));
  std::vector<std::string> things;
  for (const std::string& action : model.actions) {
    things.push_back("action '" + action + "'" + (model.variant.empty() ? "" : " (" + model.variant + ")"));
  }
  refuse_duplicates(model, things, view, seen);
  return model;
}

std::optional<std::vector<ComponentModel>> read_models(const JsonView& table, const std::string& key,
                                                       const std::string& unit) {
  if (!table.has(key)) return std::nullopt;
  const JsonView list = table.at(key);
  std::vector<ComponentModel> models;
  std::set<std::string> seen;
  for (std::size_t i = 0; i < list.size(); ++i) {
    models.push_back(read_component_model(list.item(i), unit, {}));
    refuse_duplicates(models.back(), {key}, list.item(i), seen);
  }
  return models;
}

StaticPower read_static(const JsonView& view) {
  view.allow_keys({"value_mw", "low_mw", "high_mw", "source", "fitted", "valid_for"});
  StaticPower result;
  result.mw = read_estimate(view, "mw");
  result.source = read_stated(view, "source");
  result.fitted = read_flag(view, "fitted");
  if (view.has("valid_for")) {
    const JsonView valid_for = view.at("valid_for");
    for (const std::string& unit : valid_for.keys()) result.valid_for[unit] = read_valid_for(valid_for.at(unit));
  }
  return result;
}

/// The chosen variant of each class that has any.
void read_variants(const JsonView& view, PriceTable& table) {
  std::map<std::string, std::set<std::string>> known;
  for (const PriceModel& model : table.prices) {
    if (!model.variant.empty()) known[model.component_class].insert(model.variant);
  }
  for (const std::string& chosen : view.keys()) {
    const std::string variant = view.at(chosen).text();
    const std::set<std::string>& allowed = known[chosen];
    if (allowed.count(variant) != 0) {
      table.variants[chosen] = variant;
      continue;
    }
    std::string list;
    for (const std::string& name : allowed) list += (list.empty() ? "" : ", ") + name;
    view.at(chosen).fail("unknown variant of class '" + chosen + "', found \"" + variant + "\"; allowed " +
                         (list.empty() ? "none" : list));
  }
  for (const auto& entry : known) {
    if (table.variants.count(entry.first) == 0)
      view.fail("lacks the variant of class '" + entry.first + "' that is meant");
  }
}

}  // namespace

const PriceModel* PriceTable::find(const UnitAttributes& unit, const std::string& action) const {
  const PriceModel* result = nullptr;
  for (const PriceModel& model : prices) {
    if (model.component_class != unit.component_class || !contains(model.actions, action)) continue;
    if (!model.variant.empty() && variants.at(model.component_class) != model.variant) continue;
    if (model.names(unit)) return &model;
    if (model.units.empty()) result = &model;
  }
  return result;
}

const ComponentModel* find_model(const std::vector<ComponentModel>& models, const UnitAttributes& unit) {
  const ComponentModel* result = nullptr;
  for (const ComponentModel& model : models) {
    if (model.component_class != unit.component_class) continue;
    if (model.names(unit)) return &model;
    if (model.units.empty()) result = &model;
  }
  return result;
}

PriceTable load_price_table(const JsonView& view) {
  view.allow_keys({"name", "description", "source", "node_nm", "scale_to_nm", "static", "prices", "leakage", "clock",
                   "area", "variants", "fit", "notes"});
  PriceTable table;
  table.origin = view.origin();
  table.name = read_stated(view, "name");
  table.description = read_stated(view, "description");
  table.source = read_stated(view, "source");
  table.node_nm = view.at("node_nm").integer(1, 1000);
  table.scaled_to_nm = table.node_nm;
  if (view.has("static")) table.static_power = read_static(view.at("static"));
  const JsonView prices = view.at("prices");
  std::set<std::string> seen;
  for (std::size_t i = 0; i < prices.size(); ++i) table.prices.push_back(read_price_model(prices.item(i), seen));
  table.leakage = read_models(view, "leakage", "mw");
  table.clock = read_models(view, "clock", "pj");
  table.area = read_models(view, "area", "um2");
  if (view.has("variants")) {
    read_variants(view.at("variants"), table);
  } else {
    for (std::size_t i = 0; i < table.prices.size(); ++i) {
      if (!table.prices[i].variant.empty()) prices.item(i).fail("has a variant, but the table chooses none");
    }
  }
  if (view.has("fit")) table.fit = read_fit(view.at("fit"), table);
  if (view.has("notes")) table.notes = read_names(view.at("notes"));
  if (view.has("scale_to_nm")) scale_to_node(table, view.at("scale_to_nm"));
  return table;
}

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include "sim/energy/price_table.hpp"

#include <limits>
#include <set>

namespace lacuna {
namespace {

constexpr double kRealMax = std::numeric_limits<double>::max();
constexpr std::int64_t kIntegerMax = std::numeric_limits<std::int64_t>::max();

std::vector<std::string> names(const JsonView& view) {
  std::vector<std::string> result;
  for (std::size_t i = 0; i < view.size(); ++i) result.push_back(view.item(i).text());
  if (result.empty()) view.fail("found an empty list; allowed one name or more");
  return result;
}

std::string stated(const JsonView& view, const std::string& key) {
  const std::string text = view.at(key).text();
  if (text.empty()) view.at(key).fail("found \"\"; allowed a text that says something");
  return text;
}

bool flag(const JsonView& view, const std::string& key) { return view.has(key) && view.at(key).boolean(); }

/// Three numbers "value<unit>", "low<unit>", "high<unit>", none negative, in order.
void read_range(const JsonView& view, const std::string& unit, double& value, double& low, double& high) {
  value = view.at("value" + unit).real(0.0, kRealMax);
  low = view.at("low" + unit).real(0.0, value);
  high = view.at("high" + unit).real(value, kRealMax);
}

std::map<std::string, AttributeRange> read_valid_for(const JsonView& view) {
  std::map<std::string, AttributeRange> result;
  for (const std::string& attribute : view.keys()) {
    const JsonView range = view.at(attribute);
    if (range.size() != 2) range.fail("found " + std::to_string(range.size()) + " items; allowed [low, high]");
    const std::int64_t low = range.item(0).integer(0, kIntegerMax);
    result[attribute] = {low, range.item(1).integer(low, kIntegerMax)};
  }
  return result;
}

PriceFactor read_factor(const JsonView& view) {
  const std::string text = view.text();
  const std::string prefix = "sqrt(";
  const bool square_root = text.compare(0, prefix.size(), prefix) == 0 && text.back() == ')';
  const std::string attribute = square_root ? text.substr(prefix.size(), text.size() - prefix.size() - 1) : text;
  if (attribute.empty() || attribute.find_first_of("()*^/ ") != std::string::npos) {
    view.fail("unknown factor, found \"" + text + "\"; allowed an attribute or sqrt(attribute)");
  }
  return {attribute, square_root};
}

PriceTerm read_term(const JsonView& view) {
  view.allow_keys({"value_pj", "low_pj", "high_pj", "per"});
  PriceTerm term;
  read_range(view, "_pj", term.value_pj, term.low_pj, term.high_pj);
  if (!view.has("per")) return term;
  const JsonView per = view.at("per");
  for (std::size_t i = 0; i < per.size(); ++i) term.factors.push_back(read_factor(per.item(i)));
  return term;
}

PriceModel read_model(const JsonView& view) {
  PriceModel model;
  if (view.has("covered")) {
    view.allow_keys({"class", "units", "actions", "covered", "valid_for"});
    model.covered = stated(view, "covered");
  } else {
    view.allow_keys({"class", "units", "actions", "terms", "source", "fitted", "derived", "valid_for"});
    const JsonView terms = view.at("terms");
    for (std::size_t i = 0; i < terms.size(); ++i) model.terms.push_back(read_term(terms.item(i)));
    if (model.terms.empty()) terms.fail("found an empty list; allowed one term or more");
    model.source = stated(view, "source");
    model.fitted = flag(view, "fitted");
    model.derived = flag(view, "derived");
  }
  model.component_class = stated(view, "class");
  if (view.has("units")) model.units = names(view.at("units"));
  model.actions = names(view.at("actions"));
  if (view.has("valid_for")) model.valid_for = read_valid_for(view.at("valid_for"));
  return model;
}

/// One price for an action of a unit: no class, unit and action may stand in two models.
void refuse_duplicates(const PriceModel& model, const JsonView& view, std::set<std::string>& seen) {
  const std::vector<std::string> every_unit = {""};
  for (const std::string& unit : model.units.empty() ? every_unit : model.units) {
    for (const std::string& action : model.actions) {
      const std::string what = "action '" + action + "' of class '" + model.component_class + "'" +
                               (unit.empty() ? "" : ", unit '" + unit + "'");
      if (!seen.insert(what).second) view.fail("a second model for " + what + "; allowed one");
    }
  }
}

StaticPower read_static(const JsonView& view) {
  view.allow_keys({"value_mw", "low_mw", "high_mw", "source", "fitted", "valid_for"});
  StaticPower result;
  read_range(view, "_mw", result.value_mw, result.low_mw, result.high_mw);
  result.source = stated(view, "source");
  result.fitted = flag(view, "fitted");
  if (view.has("valid_for")) {
    const JsonView valid_for = view.at("valid_for");
    for (const std::string& unit : valid_for.keys()) result.valid_for[unit] = read_valid_for(valid_for.at(unit));
  }
  return result;
}

FitPoint read_fit_point(const JsonView& view) {
  view.allow_keys({"what", "unit", "published", "model"});
  FitPoint point;
  point.what = stated(view, "what");
  point.unit = stated(view, "unit");
  point.published = view.at("published").real(std::numeric_limits<double>::min(), kRealMax);
  point.model = view.at("model").real(0.0, kRealMax);
  return point;
}

}  // namespace

PriceTable load_price_table(const JsonView& view) {
  view.allow_keys({"name", "description", "source", "node_nm", "static", "prices", "fit", "notes"});
  PriceTable table;
  table.origin = view.origin();
  table.name = stated(view, "name");
  table.description = stated(view, "description");
  table.source = stated(view, "source");
  table.node_nm = view.at("node_nm").integer(1, 1000);
  if (view.has("static")) table.static_power = read_static(view.at("static"));
  const JsonView prices = view.at("prices");
  std::set<std::string> seen;
  for (std::size_t i = 0; i < prices.size(); ++i) {
    table.prices.push_back(read_model(prices.item(i)));
    refuse_duplicates(table.prices.back(), prices.item(i), seen);
  }
  if (view.has("fit")) {
    const JsonView fit = view.at("fit");
    for (std::size_t i = 0; i < fit.size(); ++i) table.fit.push_back(read_fit_point(fit.item(i)));
  }
  if (view.has("notes")) table.notes = names(view.at("notes"));
  return table;
}

}  // namespace lacuna

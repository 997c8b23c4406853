// SPDX-License-Identifier: Apache-2.0
#include "sim/energy/component_model.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "hw/base/error.hpp"

namespace lacuna {
namespace {

constexpr double kRealMax = std::numeric_limits<double>::max();
constexpr std::int64_t kIntegerMax = std::numeric_limits<std::int64_t>::max();

TermFactor read_factor(const JsonView& view) {
  const std::string text = view.text();
  const std::string prefix = "sqrt(";
  const bool square_root = text.compare(0, prefix.size(), prefix) == 0 && text.back() == ')';
  const std::string attribute = square_root ? text.substr(prefix.size(), text.size() - prefix.size() - 1) : text;
  if (attribute.empty() || attribute.find_first_of("()*^/ ") != std::string::npos) {
    view.fail("unknown factor, found \"" + text + "\"; allowed an attribute or sqrt(attribute)");
  }
  return {attribute, square_root};
}

ModelTerm read_term(const JsonView& view, const std::string& unit) {
  view.allow_keys({"value_" + unit, "low_" + unit, "high_" + unit, "per"});
  ModelTerm term;
  term.estimate = read_estimate(view, unit);
  if (!view.has("per")) return term;
  const JsonView per = view.at("per");
  for (std::size_t i = 0; i < per.size(); ++i) term.factors.push_back(read_factor(per.item(i)));
  return term;
}

/// The product of a term's factors.
double scale_of(const ModelTerm& term, const UnitAttributes& unit, const std::string& what) {
  double scale = 1.0;
  for (const TermFactor& factor : term.factors) {
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

}  // namespace

Estimate& Estimate::operator+=(const Estimate& other) {
  value += other.value;
  low += other.low;
  high += other.high;
  return *this;
}

bool ComponentModel::names(const UnitAttributes& unit) const {
  return std::find(units.begin(), units.end(), unit.unit) != units.end();
}

std::vector<std::string> read_names(const JsonView& view) {
  std::vector<std::string> result;
  for (std::size_t i = 0; i < view.size(); ++i) result.push_back(view.item(i).text());
  if (result.empty()) view.fail("found an empty list; allowed one name or more");
  return result;
}

std::string read_stated(const JsonView& view, const std::string& key) {
  const std::string text = view.at(key).text();
  if (text.empty()) view.at(key).fail("found \"\"; allowed a text that says something");
  return text;
}

bool read_flag(const JsonView& view, const std::string& key) { return view.has(key) && view.at(key).boolean(); }

Estimate read_estimate(const JsonView& view, const std::string& unit) {
  Estimate result;
  result.value = view.at("value_" + unit).real(0.0, kRealMax);
  result.low = view.at("low_" + unit).real(0.0, result.value);
  result.high = view.at("high_" + unit).real(result.value, kRealMax);
  return result;
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

ComponentModel read_component_model(const JsonView& view, const std::string& unit,
                                    const std::vector<std::string>& more_keys) {
  std::vector<std::string> keys = {"class", "units"};
  keys.insert(keys.end(), more_keys.begin(), more_keys.end());
  const bool covered = view.has("covered");
  if (covered) {
    keys.insert(keys.end(), {"covered", "valid_for"});
  } else {
    keys.insert(keys.end(), {"terms", "source", "fitted", "derived", "valid_for"});
  }
  view.allow_keys(keys);
  ComponentModel model;
  if (covered) {
    model.covered = read_stated(view, "covered");
  } else {
    const JsonView terms = view.at("terms");
    for (std::size_t i = 0; i < terms.size(); ++i) model.terms.push_back(read_term(terms.item(i), unit));
    if (model.terms.empty()) terms.fail("found an empty list; allowed one term or more");
    model.source = read_stated(view, "source");
    model.fitted = read_flag(view, "fitted");
    model.derived = read_flag(view, "derived");
  }
  model.component_class = read_stated(view, "class");
  if (view.has("units")) model.units = read_names(view.at("units"));
  if (view.has("valid_for")) model.valid_for = read_valid_for(view.at("valid_for"));
  return model;
}

Estimate evaluate(const ComponentModel& model, const UnitAttributes& unit, const std::string& what) {
  Estimate result;
  for (const ModelTerm& term : model.terms) result += term.estimate * scale_of(term, unit, what);
  return result;
}

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

std::string described(const UnitAttributes& unit) {
  std::string list;
  for (const auto& [attribute, value] : unit.attributes) {
    list += (list.empty() ? "" : ", ") + attribute + " " + std::to_string(value);
  }
  return unit.unit + " (class " + unit.component_class + ": " + (list.empty() ? "no attributes" : list) + ")";
}

}  // namespace lacuna

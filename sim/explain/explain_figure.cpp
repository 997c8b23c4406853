// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <nlohmann/json.hpp>

#include "hw/base/error.hpp"
#include "hw/chip/config.hpp"
#include "sim/config/field_loader.hpp"
#include "sim/explain/derivation.hpp"
#include "sim/explain/explain.hpp"
#include "sim/explain/figure.hpp"
#include "sim/result/run_result.hpp"
#include "sim/schema/schema_walk.hpp"
#include "sim/schema/schemas.hpp"

namespace lacuna {
namespace {

using Json = nlohmann::json;
using Pointer = Json::json_pointer;

std::vector<std::string> keys_of(const std::string& pointer) {
  std::vector<std::string> keys;
  for (Pointer rest(pointer); !rest.empty(); rest.pop_back()) keys.insert(keys.begin(), rest.back());
  return keys;
}

/// The pointer with the index of a layer in place of its name.
std::string with_index(const Json& result, const std::string& pointer) {
  const std::string layers = "/layers/";
  if (pointer.compare(0, layers.size(), layers) != 0) return pointer;
  const std::size_t end = std::min(pointer.find('/', layers.size()), pointer.size());
  const std::string name = pointer.substr(layers.size(), end - layers.size());
  if (name.find_first_not_of("0123456789") == std::string::npos) return pointer;
  std::vector<std::string> names;
  for (const Json& layer : result.at("layers")) {
    if (layer.at("name") == name) return layers + std::to_string(names.size()) + pointer.substr(end);
    names.push_back(layer.at("name").get<std::string>());
  }
  fail_input("explain: " + pointer + ": unknown layer, found '" + name + "'; allowed " + joined(names) +
             did_you_mean(name, names));
}

std::string described(const Schema& form, const char* keyword) {
  return form.contains(keyword) ? form[keyword].get<std::string>() : "";
}

std::string with_unit(const Json& value, const Schema& form) {
  const std::string unit = described(form, "unit");
  return (value.is_string() ? value.get<std::string>() : number_text(value)) + (unit.empty() ? "" : " " + unit);
}

/// The figures that the one asked for follows from, one to a line, and what they make it: not a number where the result
/// does not tell.
struct Trace {
  std::string formula;
  std::string range;  ///< that the sources of its prices leave open
  Sheet terms;
  double value = std::numeric_limits<double>::quiet_NaN();
};

/// PEs of an array that stands in a result.
std::int64_t pes_of(const Json& array) {
  const JsonDocument document = JsonDocument::parse(array.dump(), "result");
  ArraySlot slot;
  slot.select(array.at("kind").get<std::string>());
  load_fields(document.view(), slot.part(), {"kind"});
  return slot.config().pes();
}

Trace trace_derivation(const TracedFigure& figure, const Derivation& derivation) {
  Trace trace;
  trace.formula = derivation.formula;
  std::vector<double> operands;
  for (const std::string& operand : derivation.operands) {
    const std::string pointer = is_at_or_below(operand, "/config") ? operand : figure.group + operand;
    if (!figure.result->contains(Pointer(pointer))) return trace;
    const Json& value = figure.result->at(Pointer(pointer));
    const Json number = value.is_object() ? Json(pes_of(value)) : value;
    trace.terms.line({pointer, number_text(number) + (value.is_object() ? " PEs" : "")});
    operands.push_back(number.get<double>());
  }
  trace.value = derivation.value(operands);
  return trace;
}

/// The components of a layer's energy, of the chip or of the DRAM.
Trace trace_components(const TracedFigure& figure, bool dram) {
  Trace trace;
  trace.formula = dram ? "the component dram" : "all components but dram";
  trace.value = 0.0;
  const std::string pointer = figure.group + "/energy_pj";
  for (const auto& [component, energy] : figure.result->at(Pointer(pointer)).items()) {
    if ((component == "dram") != dram) continue;
    trace.terms.line({pointer + "/" + component, number_text(energy) + " pJ"});
    trace.value += energy.get<double>();
  }
  return trace;
}

/// A sum over the layers that the totals are over.
Trace trace_sum(const TracedFigure& figure, const std::string& totals) {
  Trace trace;
  const bool conv_alone = totals == "conv_layers";
  trace.formula = conv_alone ? "sum over the conv layers" : "sum over the layers that ran on the array";
  trace.value = 0.0;
  std::string field;
  for (const std::string& key : figure.keys) field += pointer_step(key);
  for (const Json& layer : figure.result->at("layers")) {
    const auto kind = layer.at("kind").get<std::string>();
    if (kind.rfind("host:", 0) == 0 || (conv_alone && kind != "conv")) continue;
    if (!layer.contains(Pointer(field))) continue;
    const Json& value = layer.at(Pointer(field));
    if (!value.is_number()) return {};
    trace.terms.line({"/layers/" + layer.at("name").get<std::string>() + field, number_text(value)});
    trace.value += value.get<double>();
  }
  return trace;
}

/// "energy_chip_low_pj" and its like: every component with its prices at that end of their ranges.
Trace trace_end_of_range(const TracedFigure& figure) {
  const std::string& field = figure.keys[0];
  const bool low = field.find("_low_") != std::string::npos;
  const bool chip_alone = field.rfind("energy_chip", 0) == 0;
  Trace trace;
  trace.formula = std::string("sum over components") + (chip_alone ? " but dram" : "") + ", all prices at the " +
                  (low ? "low" : "high") + " end of their ranges";
  trace.value = 0.0;
  for (const auto& entry : figure.result->at(Pointer(figure.group + "/energy_pj")).items()) {
    if (chip_alone && entry.key() == "dram") continue;
    Sheet events;
    const auto energy = add_component_events(events, {figure.result, figure.group, {"energy_pj", entry.key()}});
    if (!energy) return {};
    const double end = low ? energy->low : energy->high;
    trace.terms.line({figure.group + "/energy_pj/" + entry.key(), "at that end " + number_text(end) + " pJ"});
    trace.value += end;
  }
  return trace;
}

/// /totals/area_mm2 and below.
Trace trace_area(const Json& result, const std::vector<std::string>& keys) {
  Trace trace;
  const bool all = keys[2] != "components";
  const PricedFigure area = add_area_units(trace.terms, result, all ? "" : keys.at(3));
  trace.formula = std::string("sum over ") + (all ? "all units" : "the units of the component") +
                  (keys[2] == "total_low"    ? ", at the low end of their ranges"
                   : keys[2] == "total_high" ? ", at the high end of their ranges"
                                             : "");
  trace.value = keys[2] == "total_low" ? area.low : keys[2] == "total_high" ? area.high : area.value;
  if (keys[2] == "total" || !all) trace.range = number_text(area.low) + " to " + number_text(area.high) + " mm2";
  return trace;
}

/// How the energy of a component comes about.
std::string formula_of(const std::string& component) {
  if (component == "static") return "power of the chip x time";
  if (component == "leakage") return "sum of the power of all units x time";
  return component == "clock" ? "sum of the energy of all units in a cycle x cycles" : "sum of counts x prices";
}

/// What the modules of the machine count.
bool is_counted(const std::string& field) {
  const auto ends_with = [&field](const std::string& end) {
    return field.size() >= end.size() && field.compare(field.size() - end.size(), end.size(), end) == 0;
  };
  return field == "counts" || field == "active_pes" || ends_with("_cycles") || field.rfind("macs_", 0) == 0;
}

Trace trace_of_layer(const TracedFigure& figure) {
  const std::string& field = figure.keys[0];
  if (field == "energy_chip_pj" || field == "energy_dram_pj") return trace_components(figure, field[7] == 'd');
  if (field == "energy_pj" && figure.keys.size() == 2) {
    Trace trace;
    const auto energy = add_component_events(trace.terms, figure);
    if (!energy) return {};
    trace.formula = formula_of(figure.keys[1]);
    trace.value = energy->value;
    trace.range = number_text(energy->low) + " to " + number_text(energy->high) + " pJ";
    return trace;
  }
  if (field.find("_low_") != std::string::npos || field.find("_high_") != std::string::npos) {
    return trace_end_of_range(figure);
  }
  if (const Derivation* derivation = derivation_of(field, false)) return trace_derivation(figure, *derivation);
  Trace trace;
  if (is_counted(field)) trace.formula = "counted while the layer ran; lacuna run --from repeats it";
  return trace;
}

Trace trace_of_totals(const TracedFigure& figure, const std::string& totals) {
  const std::string& field = figure.keys[0];
  if (const Derivation* derivation = derivation_of(field, true)) return trace_derivation(figure, *derivation);
  if (field == "layers" || field == "batch") return {};
  return trace_sum(figure, totals);
}

/// How the figure at a pointer comes about, where it follows from others.
Trace trace_of(const Json& result, const std::string& pointer) {
  const std::vector<std::string> keys = keys_of(pointer);
  if (keys.size() < 3 || !result.at(Pointer(pointer)).is_number()) return {};
  const TracedFigure figure = {&result, "/" + keys[0] + pointer_step(keys[1]), {keys.begin() + 2, keys.end()}};
  if (keys[0] == "layers") return trace_of_layer(figure);
  if (keys[1] == "area_mm2") return trace_area(result, keys);
  return keys[1] == "prices" ? Trace() : trace_of_totals(figure, keys[1]);
}

/// Results round: sums in another order differ in the last digits.
bool agrees(double stated, double traced) {
  constexpr double kRounding = 1e-9;
  return std::isnan(traced) || std::abs(stated - traced) <= kRounding * std::max(std::abs(stated), std::abs(traced));
}

std::string listing(const SchemaPlace& place, const Json& result) {
  Sheet sheet;
  for (const SchemaPlace& leaf : leaves_below(place, &result.at(Pointer(place.pointer)))) {
    if (!result.contains(Pointer(leaf.pointer))) continue;
    sheet.line(
        {leaf.pointer, with_unit(result.at(Pointer(leaf.pointer)), *leaf.form), described(*leaf.form, "description")});
  }
  return sheet.text(0);
}

std::string explained(const Json& result, const std::string& file, const std::string& asked) {
  const std::string pointer = with_index(result, asked);
  const Schema schema = schema_of("result");
  const SchemaPlace place = places_at(schema, &result, pointer).at(0);
  if (!result.contains(Pointer(pointer))) fail_input("explain: " + pointer + ": " + file + " has no such figure");
  if (!is_leaf(*place.form)) return listing(place, result);
  const Json& value = result.at(Pointer(pointer));
  Sheet sheet;
  sheet.entry("value", with_unit(value, *place.form));
  const std::vector<std::string> keys = keys_of(pointer);
  // What stands in a map is described where the map is.
  const SchemaPlace parent = places_at(schema, &result, Pointer(pointer).parent_pointer().to_string()).at(0);
  const auto others = parent.form->find("additionalProperties");
  const bool in_map = others != parent.form->end() && place.form == &*others;
  sheet.entry("meaning", described(in_map ? *parent.form : *place.form, "description"));
  if (in_map) sheet.entry("unit", described(*parent.form, "unit"));
  sheet.entry("file", file);
  if (keys.size() == 4 && keys[0] == "layers" && keys[2] == "counts") {
    add_event_price(sheet, {&result, "/layers/" + keys[1], {keys[2], keys[3]}});
  }
  const Trace trace = trace_of(result, pointer);
  sheet.entry("range", trace.range);
  if (!trace.range.empty() && keys[0] == "layers") add_price_table(sheet, {&result, "/layers/" + keys[1], {}});
  sheet.entry("is", trace.formula);
  if (!agrees(value.is_number() ? value.get<double>() : 0.0, trace.value)) {
    fail_run(file + ": " + pointer + ": found " + value.dump() + ", but " + trace.formula + " gives " +
             number_text(trace.value) + ": the file was changed");
  }
  return asked + "\n" + sheet.text(2) + trace.terms.text(4);
}

}  // namespace

std::string number_text(const Json& number) { return number.is_null() ? "does not exist" : number.dump(); }

std::string explain_figure(const std::string& file, const std::string& pointer) {
  const JsonDocument document = JsonDocument::load(file);
  const JsonView version = document.view().at("schema_version");
  version.integer(RunResult::kSchemaVersion, RunResult::kSchemaVersion);
  try {
    return explained(document.json(), file, pointer);
  } catch (const Json::exception& error) {
    const std::string problem = error.what();  // "[json.exception...] key 'x' not found"
    const std::size_t label = problem.find("] ");
    fail_input(file + ": not a whole result of this version: " +
               (label == std::string::npos ? problem : problem.substr(label + 2)));
  }
}

}  // namespace lacuna

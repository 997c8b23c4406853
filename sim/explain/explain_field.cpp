// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <nlohmann/json.hpp>

#include "sim/explain/explain.hpp"
#include "sim/explain/provenance.hpp"
#include "sim/explain/sheet.hpp"
#include "sim/schema/schema_walk.hpp"
#include "sim/schema/schemas.hpp"

namespace lacuna {
namespace {

using Json = nlohmann::json;

std::string keyword(const Schema& form, const char* name) {
  return form.contains(name) ? form[name].get<std::string>() : "";
}

/// A JSON value as people write it: a text without quotes.
std::string shown(const Json& value) {
  if (value.is_array() && value.empty()) return "none";
  return value.is_string() ? value.get<std::string>() : value.dump();
}

std::string with_unit(const Json& value, const Schema& form) {
  const std::string unit = keyword(form, "unit");
  return shown(value) + (unit.empty() ? "" : " " + unit);
}

std::string default_of(const Schema& form) {
  if (form.contains("default")) return with_unit(form["default"], form);
  return form.contains("const") || !is_leaf(form) ? "" : "none";
}

/// The value at a pointer: the one stated, else the default; nullptr where there is neither.
Json value_at(const Json& resolved, const SchemaPlace& place) {
  const Json::json_pointer pointer(place.pointer);
  if (resolved.contains(pointer)) return resolved.at(pointer);
  return place.form->contains("default") ? Json((*place.form)["default"]) : Json();
}

/// What a field is, whatever its value.
void add_meaning(Sheet& sheet, const Schema& form) {
  sheet.entry("meaning", keyword(form, "description"));
  sheet.entry("unit", keyword(form, "unit"));
  sheet.entry("allowed", allowed_text(form));
  sheet.entry("default", default_of(form));
  if (form.value("descriptive", false)) sheet.entry("effect", "none: for people");
}

void add_provenance(Sheet& sheet, const Experiment& experiment, const SchemaPlace& place) {
  const Provenance provenance = provenance_of(experiment, place.pointer);
  sheet.entry("from", provenance.from);
  if (provenance.before) {
    const bool stated = !provenance.before->empty();
    const std::string before = stated ? shown(Json::parse(*provenance.before)) : default_of(*place.form);
    sheet.entry("instead of", before + ", from " + provenance.before_from);
  }
  sheet.entry("file", provenance.section);
}

std::string heading(const SchemaPlace& place) {
  return place.pointer + (place.when.empty() ? "" : " of " + place.when) + "\n";
}

std::string listing(const std::vector<SchemaPlace>& leaves, const Json* resolved) {
  Sheet sheet;
  for (const SchemaPlace& leaf : leaves) {
    const std::string unit = keyword(*leaf.form, "unit");
    const Json value = resolved == nullptr ? Json() : value_at(*resolved, leaf);
    if (resolved != nullptr && value.is_null()) continue;
    sheet.line({leaf.pointer, leaf.when, resolved == nullptr ? default_of(*leaf.form) : with_unit(value, *leaf.form),
                keyword(*leaf.form, "description")});
  }
  return sheet.text(0);
}

std::vector<SchemaPlace> leaves_of(const std::vector<SchemaPlace>& places, const Json* value) {
  std::vector<SchemaPlace> leaves;
  for (const SchemaPlace& place : places) {
    for (SchemaPlace& leaf : leaves_below(place, value)) leaves.push_back(std::move(leaf));
  }
  return leaves;
}

/// A single field stands alone, and so does a choice that was made by a single word.
bool is_single(const std::vector<SchemaPlace>& places, const Json* value) {
  return is_leaf(*places[0].form) || (value != nullptr && !value->is_object() && !value->is_array());
}

}  // namespace

std::string explain_field(const std::string& pointer) {
  const Schema schema = schema_of("experiment");
  const std::vector<SchemaPlace> places = places_at(schema, nullptr, pointer);
  if (!is_single(places, nullptr)) return listing(leaves_of(places, nullptr), nullptr);
  std::string text;
  for (const SchemaPlace& place : places) {
    Sheet sheet;
    add_meaning(sheet, *place.form);
    text += heading(place) + sheet.text(2);
  }
  return text;
}

std::string explain_field(const Experiment& experiment, const std::string& pointer) {
  const Schema schema = schema_of("experiment");
  const Json resolved = Json::parse(experiment.resolved);
  const std::vector<SchemaPlace> places = places_at(schema, &resolved, pointer);
  const Json::json_pointer here(pointer);
  const Json* value = resolved.contains(here) ? &resolved.at(here) : nullptr;
  if (!is_single(places, value)) return listing(leaves_of(places, value), &resolved);
  Sheet sheet;
  const Json found = value_at(resolved, places[0]);
  sheet.entry("value", found.is_null() ? "none" : with_unit(found, *places[0].form));
  add_provenance(sheet, experiment, places[0]);
  add_meaning(sheet, *places[0].form);
  return heading(places[0]) + sheet.text(2);
}

bool is_figure(const std::string& pointer) {
  const char* const sections[] = {"/layers", "/totals", "/inputs", "/labels", "/program", "/schema_version"};
  return std::any_of(std::begin(sections), std::end(sections),
                     [&](const char* section) { return is_at_or_below(pointer, section); });
}

}  // namespace lacuna

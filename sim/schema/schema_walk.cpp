// SPDX-License-Identifier: Apache-2.0
#include "sim/schema/schema_walk.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "hw/base/error.hpp"
#include "workloads/json/json_view.hpp"

namespace lacuna {
namespace {

using Value = nlohmann::json;

const Schema* find(const Schema& object, const char* keyword) {
  const auto found = object.find(keyword);
  return found == object.end() ? nullptr : &*found;
}

bool has_type(const Value& value, const std::string& type) {
  if (type == "object") return value.is_object();
  if (type == "array") return value.is_array();
  if (type == "string") return value.is_string();
  if (type == "boolean") return value.is_boolean();
  if (type == "null") return value.is_null();
  return value.is_number();
}

/// Whether a value is meant to have a form: it is of its type, has the constants that tell it from others and the keys
/// that it must have, and no other. What is wrong inside it is for the loader.
bool fits(const Schema& form, const Value& value) {
  if (const Schema* constant = find(form, "const")) return value == Value(*constant);
  if (const Schema* type = find(form, "type"); type != nullptr && type->is_string() && !has_type(value, *type)) {
    return false;
  }
  const Schema* properties = find(form, "properties");
  if (properties == nullptr) return true;
  for (const auto& [name, property] : properties->items()) {
    const Schema* constant = find(property, "const");
    if (constant != nullptr && value.contains(name) && value[name] != Value(*constant)) return false;
  }
  const Schema* required = find(form, "required");
  const auto is_there = [&](const Schema& name) { return value.contains(name.get<std::string>()); };
  if (required != nullptr && !std::all_of(required->begin(), required->end(), is_there)) return false;
  return std::all_of(value.items().begin(), value.items().end(),
                     [&](const auto& entry) { return properties->contains(entry.key()); });
}

/// The constant that tells a form from others: "row_stationary".
std::string name_of(const Schema& form) {
  const Schema* properties = find(form, "properties");
  if (properties == nullptr) return "";
  for (const auto& [name, property] : properties->items()) {
    if (const Schema* constant = find(property, "const")) return constant->get<std::string>();
  }
  return "";
}

/// The place of a member of a form.
SchemaPlace member_place(const SchemaPlace& form, const std::string& key, const Schema& member) {
  const Schema* properties = find(*form.form, "properties");
  const bool named = properties != nullptr && properties->contains(key);
  SchemaPlace place = {form.pointer + pointer_step(key), &member, form.when,
                       form.pattern + (named ? pointer_step(key) : "/*"),
                       form.descriptive || member.value("descriptive", false)};
  if (key == "*") place.pointer = form.pointer + "/*";
  return place;
}

/// A place with a choice between forms becomes one place for each that is possible.
std::vector<SchemaPlace> forms_of(const SchemaPlace& place, const Value* value) {
  const Schema* forms = find(*place.form, "oneOf");
  if (forms == nullptr) return {place};
  std::vector<SchemaPlace> result;
  for (const Schema& form : *forms) {
    if (value != nullptr && !fits(form, *value)) continue;
    const std::string name = name_of(form);
    result.push_back(place);
    result.back().form = &form;
    if (!name.empty()) result.back().pattern += "(" + name + ")";
    if (!name.empty() && value == nullptr) result.back().when = name;
  }
  return result;
}

/// The form of a member, or nullptr.
const Schema* member_form(const Schema& form, const std::string& key) {
  const Schema* properties = find(form, "properties");
  if (properties != nullptr && properties->contains(key)) return &(*properties)[key];
  if (const Schema* items = find(form, "items")) return items;
  const Schema* others = find(form, "additionalProperties");
  return others != nullptr && others->is_object() ? others : nullptr;
}

const Value* child(const Value* value, const std::string& key) {
  if (value == nullptr) return nullptr;
  const Value::json_pointer step(pointer_step(key));
  const bool index = !key.empty() && key.find_first_not_of("0123456789") == std::string::npos;
  if (value->is_array() && !index) return nullptr;
  return value->contains(step) ? &value->at(step) : nullptr;
}

/// The keys that may stand below a place: those of its forms, and those that a value has.
std::vector<std::string> keys_below(const std::vector<SchemaPlace>& places, const Value* value) {
  std::vector<std::string> keys;
  const auto add = [&keys](const std::string& key) {
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(key);
  };
  for (const SchemaPlace& place : places) {
    const Schema* properties = find(*place.form, "properties");
    if (properties == nullptr) continue;
    for (const auto& entry : properties->items()) add(entry.key());
  }
  if (value != nullptr && value->is_object()) {
    for (const auto& entry : value->items()) add(entry.key());
  }
  if (value != nullptr && value->is_array() && !value->empty()) add("0 to " + std::to_string(value->size() - 1));
  return keys;
}

std::vector<std::string> split(const std::string& pointer, const std::string& asker) {
  if (!pointer.empty() && pointer[0] != '/') {
    fail_input(asker + ": a path starts with '/', found '" + pointer + "'; allowed /section/field");
  }
  try {
    std::vector<std::string> keys;
    for (Value::json_pointer rest(pointer); !rest.empty(); rest.pop_back()) keys.insert(keys.begin(), rest.back());
    return keys;
  } catch (const Value::parse_error&) {
    fail_input(asker + ": '~' in a JSON Pointer, found '" + pointer + "'; allowed ~0 for '~' and ~1 for '/'");
  }
}

}  // namespace

std::vector<SchemaPlace> places_at(const Schema& schema, const nlohmann::json* value, const std::string& pointer,
                                   const std::string& asker) {
  std::vector<SchemaPlace> places(1);
  places[0].form = &schema;
  for (const std::string& key : split(pointer, asker)) {
    std::vector<SchemaPlace> forms;
    for (const SchemaPlace& place : places) {
      for (const SchemaPlace& form : forms_of(place, value)) forms.push_back(form);
    }
    const Value* next = child(value, key);
    std::vector<SchemaPlace> found;
    for (const SchemaPlace& form : forms) {
      const Schema* member = member_form(*form.form, key);
      const Schema* properties = find(*form.form, "properties");
      const bool named = properties != nullptr && properties->contains(key);
      if (member == nullptr || (value != nullptr && next == nullptr && !named)) continue;
      found.push_back(member_place(form, key, *member));
    }
    if (found.empty()) {
      const std::vector<std::string> keys = keys_below(forms, value);
      const std::string place = places[0].pointer;
      if (keys.empty()) fail_input(asker + ": " + pointer + ": nothing stands below " + (place.empty() ? "/" : place));
      fail_input(asker + ": " + pointer + ": unknown field, found '" + key + "'; allowed " + joined(keys) +
                 did_you_mean(key, keys));
    }
    places = std::move(found);
    value = next;
  }
  return places;
}

bool is_leaf(const Schema& form) {
  if (form.contains("oneOf") || form.contains("properties")) return false;
  if (const Schema* items = find(form, "items")) return is_leaf(*items);
  const Schema* others = find(form, "additionalProperties");
  return others == nullptr || !others->is_object();
}

std::vector<SchemaPlace> members_of(const SchemaPlace& place, const nlohmann::json* value) {
  std::vector<SchemaPlace> members;
  for (const SchemaPlace& form : forms_of(place, value)) {
    if (const Schema* properties = find(*form.form, "properties")) {
      for (const auto& [name, property] : properties->items()) {
        members.push_back(member_place(form, name, property));
      }
      continue;
    }
    const Schema* others = member_form(*form.form, "*");
    if (others == nullptr) continue;
    if (value == nullptr) members.push_back(member_place(form, "*", *others));
    if (value == nullptr || value->empty()) continue;
    std::size_t index = 0;
    for (const auto& entry : value->items()) {
      members.push_back(member_place(form, value->is_array() ? std::to_string(index++) : entry.key(), *others));
    }
  }
  return members;
}

std::vector<SchemaPlace> leaves_below(const SchemaPlace& place, const nlohmann::json* value) {
  if (is_leaf(*place.form)) return {place};
  std::vector<SchemaPlace> leaves;
  for (const SchemaPlace& member : members_of(place, value)) {
    const std::string key = Value::json_pointer(member.pointer).back();
    const Value* inner = child(value, key);
    if (value != nullptr && inner == nullptr && !is_leaf(*member.form)) continue;
    for (SchemaPlace& leaf : leaves_below(member, inner)) leaves.push_back(std::move(leaf));
  }
  return leaves;
}

bool may_hold(const Schema& form, const nlohmann::json& value) {
  if (const Schema* forms = find(form, "oneOf")) {
    return std::any_of(forms->begin(), forms->end(), [&](const Schema& one) { return may_hold(one, value); });
  }
  if (form.contains("const") || form.contains("enum")) return value.is_string();  // all of ours are texts
  const Schema* type = find(form, "type");
  if (type == nullptr || !type->is_string()) return true;
  if (*type == "integer") return value.is_number_integer();
  const bool single = *type == "number" || *type == "string" || *type == "boolean";
  return !single || has_type(value, *type);
}

std::string allowed_text(const Schema& form) {
  if (const Schema* forms = find(form, "oneOf")) {
    std::vector<std::string> all;
    for (const Schema& one : *forms) {
      const std::string text = allowed_text(one);
      if (std::find(all.begin(), all.end(), text) == all.end()) all.push_back(text);
    }
    return joined(all);
  }
  if (const Schema* constant = find(form, "const")) return constant->get<std::string>();
  if (const Schema* choices = find(form, "enum")) return joined(choices->get<std::vector<std::string>>());
  const Schema* type = find(form, "type");
  if (type == nullptr || type->is_array()) return "a number, or null";
  if (*type == "object") return "an object";
  if (*type == "boolean") return "true or false";
  if (*type == "string") return "a text";
  if (*type == "array") {
    const Schema* items = find(form, "items");
    return is_leaf(form) ? "a list, each item " + allowed_text(*items) : "an array";
  }
  const std::string what = *type == "integer" ? "an integer" : "a number";
  const Schema* low = find(form, "minimum");
  const Schema* high = find(form, "maximum");
  if (low != nullptr && high != nullptr) return what + " from " + low->dump() + " to " + high->dump();
  if (low != nullptr) return what + " of at least " + low->dump();
  return high != nullptr ? what + " of at most " + high->dump() : what;
}

}  // namespace lacuna

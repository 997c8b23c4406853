// SPDX-License-Identifier: Apache-2.0
#include "workloads/json/schema.hpp"

#include <nlohmann/json.hpp>

namespace lacuna {
namespace {

/// A range is stated where it is one: the ends of the machine's own numbers say nothing.
template <class Number>
Schema number_schema(const char* type, Number low, Number high) {
  Schema schema = {{"type", type}};
  if (low != std::numeric_limits<Number>::lowest()) schema["minimum"] = low;
  if (high != std::numeric_limits<Number>::max()) schema["maximum"] = high;
  return schema;
}

}  // namespace

ObjectSchema::ObjectSchema(const std::string& meaning) : schema_(std::make_unique<Schema>(Schema::object())) {
  if (!meaning.empty()) (*schema_)["description"] = meaning;
  (*schema_)["type"] = "object";
  (*schema_)["properties"] = Schema::object();
  (*schema_)["required"] = Schema::array();
  (*schema_)["additionalProperties"] = false;
}

ObjectSchema::~ObjectSchema() = default;

ObjectSchema::ObjectSchema(const ObjectSchema& other)
    : schema_(std::make_unique<Schema>(*other.schema_)), last_(other.last_) {}

ObjectSchema& ObjectSchema::put(const FieldInfo& info, const Schema& form) {
  Schema& member = (*schema_)["properties"][info.name] = Schema::object();
  if (!info.meaning.empty()) member["description"] = info.meaning;
  if (!info.unit.empty()) member["unit"] = info.unit;
  if (info.descriptive) member["descriptive"] = true;
  for (const auto& [keyword, value] : form.items()) {
    if (!member.contains(keyword)) member[keyword] = value;
  }
  if (info.required) (*schema_)["required"].push_back(info.name);
  last_ = info.name;
  return *this;
}

ObjectSchema& ObjectSchema::integer(const FieldInfo& info) { return put(info, integer_schema(info)); }
ObjectSchema& ObjectSchema::real(const FieldInfo& info) { return put(info, real_schema(info)); }
ObjectSchema& ObjectSchema::boolean(const FieldInfo& info) { return put(info, {{"type", "boolean"}}); }
ObjectSchema& ObjectSchema::text(const FieldInfo& info) { return put(info, text_schema(info)); }
ObjectSchema& ObjectSchema::texts(const FieldInfo& info) { return put(info, list_schema(text_schema(info))); }

ObjectSchema& ObjectSchema::constant(const FieldInfo& info, const std::string& value) {
  return put(FieldInfo(info).must(), {{"const", value}});
}

ObjectSchema& ObjectSchema::member(const FieldInfo& info, const Schema& form) { return put(info, form); }

ObjectSchema& ObjectSchema::by_default(const Schema& value) {
  (*schema_)["properties"][last_]["default"] = value;
  return *this;
}

ObjectSchema& ObjectSchema::open() {
  schema_->erase("additionalProperties");
  return *this;
}

Schema ObjectSchema::json() const {
  Schema result = *schema_;
  if (result["required"].empty()) result.erase("required");
  return result;
}

Schema integer_schema(const FieldInfo& info) { return number_schema("integer", info.min, info.max); }
Schema real_schema(const FieldInfo& info) { return number_schema("number", info.real_min, info.real_max); }

Schema text_schema(const FieldInfo& info) {
  if (info.choices.empty()) return {{"type", "string"}};
  return {{"enum", info.choices}};
}

Schema list_schema(Schema item, std::int64_t fewest) {
  Schema schema = {{"type", "array"}};
  if (fewest != 0) schema["minItems"] = fewest;
  schema["items"] = std::move(item);
  return schema;
}

Schema map_schema(Schema value, std::int64_t fewest) {
  Schema schema = {{"type", "object"}};
  if (fewest != 0) schema["minProperties"] = fewest;
  schema["additionalProperties"] = std::move(value);
  return schema;
}

Schema one_of_schema(const std::vector<Schema>& forms) {
  Schema schema = Schema::object();
  schema["oneOf"] = forms;
  return schema;
}

ObjectSchema named_file_schema(const std::string& meaning) {
  ObjectSchema schema(meaning);
  schema.text(FieldInfo("name", "the name of the file, without its ending").must().for_people());
  schema.text(FieldInfo("description", "what it is, in one line").must().for_people());
  schema.text(FieldInfo("source", "where its numbers come from").must().for_people());
  return schema;
}

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "hw/base/field.hpp"

namespace lacuna {

/// JSON Schema, draft 7, of what a loader reads; keywords in the order in which they are put. On top of the standard
/// stand two annotations of our own: "unit", and "descriptive": true for what people alone read.
using Schema = nlohmann::ordered_json;

/// An object that has these members and no other.
class ObjectSchema {
 public:
  explicit ObjectSchema(const std::string& meaning = "");
  ~ObjectSchema();
  ObjectSchema(const ObjectSchema& other);
  ObjectSchema& operator=(const ObjectSchema&) = delete;

  ObjectSchema& integer(const FieldInfo& info);
  ObjectSchema& real(const FieldInfo& info);
  ObjectSchema& boolean(const FieldInfo& info);
  ObjectSchema& text(const FieldInfo& info);
  /// A list of texts.
  ObjectSchema& texts(const FieldInfo& info);
  /// A text that tells one form of an object from the others.
  ObjectSchema& constant(const FieldInfo& info, const std::string& value);
  /// A member of any other form.
  ObjectSchema& member(const FieldInfo& info, const Schema& form);
  /// The value of the member put last where a file does not state it.
  ObjectSchema& by_default(const Schema& value);
  /// Members that the list does not have are allowed too.
  ObjectSchema& open();

  Schema json() const;

 private:
  ObjectSchema& put(const FieldInfo& info, const Schema& form);
  std::unique_ptr<Schema> schema_;
  std::string last_;
};

/// The form of one value, of the field's range or choices.
Schema integer_schema(const FieldInfo& info);
Schema real_schema(const FieldInfo& info);
Schema text_schema(const FieldInfo& info);
/// A list of at least `fewest` items of one form.
Schema list_schema(Schema item, std::int64_t fewest = 0);
/// An object whose keys are names: all values have one form.
Schema map_schema(Schema value, std::int64_t fewest = 0);
/// Exactly one of several forms.
Schema one_of_schema(const std::vector<Schema>& forms);
/// The members "name", "description" and "source" that every file of ours has, for people.
ObjectSchema named_file_schema(const std::string& meaning);

}  // namespace lacuna

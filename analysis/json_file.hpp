// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace lacuna {

/// A value of a JSON file and the place where it stands, for messages. Accessors throw Error (bad_input) with file and
/// place where the value is missing or of another type.
class JsonPlace {
 public:
  /// `where`: the file, then the JSON Pointer.
  JsonPlace(const nlohmann::json& value, std::string where) : value_(&value), where_(std::move(where)) {}

  JsonPlace at(const std::string& key) const;
  bool has(const std::string& key) const;
  std::vector<JsonPlace> items() const;
  std::vector<std::string> keys() const;  ///< of an object, in alphabetical order
  bool is_null() const;
  bool is_text() const;
  std::string json() const;  ///< the value as JSON text
  std::string text() const;
  double number() const;
  bool flag() const;
  /// Refuses a key of an object that is not in the list.
  void allow_keys(const std::vector<std::string>& allowed) const;
  [[noreturn]] void fail(const std::string& problem) const;

 private:
  const nlohmann::json* value_;
  std::string where_;
};

/// Reads a file. Throws Error (bad_input) when it is missing or not JSON.
nlohmann::json read_json(const std::string& file);

/// All bytes of a file. Throws Error (bad_input) when it cannot be read.
std::string read_text(const std::string& file);

}  // namespace lacuna

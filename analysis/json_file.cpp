// SPDX-License-Identifier: Apache-2.0
#include "analysis/json_file.hpp"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "hw/base/error.hpp"

namespace lacuna {

void JsonPlace::fail(const std::string& problem) const { fail_input(where_ + ": " + problem); }

bool JsonPlace::has(const std::string& key) const { return value_->is_object() && value_->contains(key); }

JsonPlace JsonPlace::at(const std::string& key) const {
  if (!has(key)) fail("missing key '" + key + "'");
  return {value_->at(key), where_ + "/" + key};
}

std::vector<JsonPlace> JsonPlace::items() const {
  if (!value_->is_array()) fail("wrong type, found " + value_->dump() + "; allowed an array");
  std::vector<JsonPlace> result;
  for (const nlohmann::json& item : *value_) {
    result.emplace_back(item, where_ + "/" + std::to_string(result.size()));
  }
  return result;
}

std::vector<std::string> JsonPlace::keys() const {
  if (!value_->is_object()) fail("wrong type, found " + value_->dump() + "; allowed an object");
  std::vector<std::string> result;
  for (const auto& entry : value_->items()) result.push_back(entry.key());
  return result;
}

void JsonPlace::allow_keys(const std::vector<std::string>& allowed) const {
  for (const std::string& key : keys()) {
    if (std::find(allowed.begin(), allowed.end(), key) != allowed.end()) continue;
    std::string list;
    for (const std::string& name : allowed) list += (list.empty() ? "" : ", ") + name;
    fail("unknown key, found '" + key + "'; allowed " + list);
  }
}

bool JsonPlace::is_null() const { return value_->is_null(); }

std::string JsonPlace::json() const { return value_->dump(); }

bool JsonPlace::is_text() const { return value_->is_string(); }

std::string JsonPlace::text() const {
  if (!is_text()) fail("wrong type, found " + value_->dump() + "; allowed a text");
  return value_->get<std::string>();
}

double JsonPlace::number() const {
  if (!value_->is_number()) fail("wrong type, found " + value_->dump() + "; allowed a number");
  return value_->get<double>();
}

bool JsonPlace::flag() const {
  if (!value_->is_boolean()) fail("wrong type, found " + value_->dump() + "; allowed true or false");
  return value_->get<bool>();
}

std::string read_text(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  const bool is_empty = stream && stream.peek() == std::ifstream::traits_type::eof() && !stream.bad();
  if (stream && !is_empty) text << stream.rdbuf();
  if (!is_empty && (!stream || !text)) fail_input(file + ": cannot be read");
  return text.str();
}

nlohmann::json read_json(const std::string& file) {
  nlohmann::json value = nlohmann::json::parse(read_text(file), nullptr, false);
  if (value.is_discarded()) fail_input(file + ": is not JSON");
  return value;
}

}  // namespace lacuna

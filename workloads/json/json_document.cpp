// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "hw/base/error.hpp"
#include "workloads/json/json_view.hpp"
#include "workloads/json/strict_parse.hpp"
#include "workloads/json/text_file.hpp"

namespace lacuna {
namespace {

using nlohmann::json;

bool is_below(const std::string& pointer, const std::string& ancestor) {
  return pointer.size() > ancestor.size() && pointer.compare(0, ancestor.size(), ancestor) == 0 &&
         pointer[ancestor.size()] == '/';
}

/// The keys of a JSON Pointer (RFC 6901), unescaped.
std::vector<std::string> split(const std::string& pointer, const std::string& origin) {
  std::vector<std::string> keys;
  for (std::size_t i = 0; i < pointer.size(); ++i) {
    if (pointer[i] == '/') {
      keys.emplace_back();
      continue;
    }
    if (keys.empty()) fail_input(origin + ": a JSON Pointer starts with '/', found '" + pointer + "'");
    if (pointer[i] != '~') {
      keys.back() += pointer[i];
      continue;
    }
    const char escape = i + 1 < pointer.size() ? pointer[++i] : ' ';
    if (escape != '0' && escape != '1') {
      fail_input(origin + ": '~' in a JSON Pointer, found '" + pointer + "'; allowed ~0 for '~' and ~1 for '/'");
    }
    keys.back() += escape == '0' ? '~' : '/';
  }
  return keys;
}

/// The item of an array that a pointer step names, or nullptr where the step is no index or is past the end.
json* item_of(json& array, const std::string& key) {
  const bool is_index = !key.empty() && key.size() <= 9 && key.find_first_not_of("0123456789") == std::string::npos &&
                        (key == "0" || key[0] != '0');
  if (!is_index || std::stoul(key) >= array.size()) return nullptr;
  return &array[std::stoul(key)];
}

}  // namespace

std::string pointer_step(const std::string& key) {
  std::string result = "/";
  for (const char c : key) result += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  return result;
}

JsonDocument JsonDocument::load(const std::string& file, const std::string& origin) {
  return parse(read_text_file(file, "JSON"), origin.empty() ? file : origin);
}

JsonDocument JsonDocument::parse(const std::string& text, const std::string& origin) {
  return {parse_strict(text, origin), origin};
}

JsonDocument::JsonDocument(nlohmann::json value, std::string origin, std::string root)
    : value_(std::make_shared<nlohmann::json>(std::move(value))), root_(std::move(root)) {
  origins_[root_] = std::move(origin);
}

JsonView JsonDocument::view() const { return {*this, *value_, root_}; }

void JsonDocument::set(const std::string& pointer, nlohmann::json value, const std::string& origin) {
  const std::vector<std::string> keys = split(pointer, origin);
  const std::size_t skipped = split(root_, origin).size();
  if (pointer != root_ && !is_below(pointer, root_)) fail_input(origin + ": " + pointer + ": is not below " + root_);
  auto changed = std::make_shared<nlohmann::json>(*value_);  // copies of this document keep the value they have
  nlohmann::json* place = changed.get();
  std::string path = root_;
  std::string first_made;  // what the override made on its way is of the same origin: a misspelt parent must name it
  for (std::size_t i = skipped; i < keys.size(); ++i) {
    const bool is_array = place->is_array();
    if (!is_array && !place->is_object() && !place->is_null()) {
      fail_input(origin + ": " + pointer + ": " + path + " is a single value: nothing stands below it");
    }
    if (first_made.empty() && !is_array && !place->contains(keys[i])) first_made = path + pointer_step(keys[i]);
    nlohmann::json* next = is_array ? item_of(*place, keys[i]) : &(*place)[keys[i]];
    if (next == nullptr) {
      fail_input(origin + ": " + pointer + ": no item '" + keys[i] + "' in " + path + ", which has " +
                 std::to_string(place->size()) + " items, counted from 0");
    }
    place = next;
    path += pointer_step(keys[i]);
  }
  *place = std::move(value);
  value_ = std::move(changed);
  for (auto entry = origins_.begin(); entry != origins_.end();) {
    entry = is_below(entry->first, pointer) ? origins_.erase(entry) : std::next(entry);
  }
  origins_[first_made.empty() ? pointer : first_made] = origin;
}

std::string JsonDocument::origin(const std::string& pointer) const {
  for (std::string place = pointer;; place.resize(place.rfind('/'))) {
    const auto found = origins_.find(place);
    if (found != origins_.end()) return found->second;
    if (place.rfind('/') == std::string::npos) return origins_.begin()->second;
  }
}

}  // namespace lacuna

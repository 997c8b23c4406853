// SPDX-License-Identifier: Apache-2.0
#include "sim/energy/yaml_document.hpp"

#include <yaml-cpp/yaml.h>

#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "hw/base/error.hpp"
#include "workloads/json/text_file.hpp"

namespace lacuna {
namespace {

using Json = nlohmann::json;

constexpr int kDeepest = 64;
constexpr std::int64_t kMostValues = 1'000'000;
constexpr char kPlain[] = "?";  // the tag of a scalar that is neither quoted nor tagged

std::string place(const std::string& file, const YAML::Mark& mark) {
  if (mark.is_null()) return file + ": ";
  return file + ": line " + std::to_string(mark.line + 1) + ", column " + std::to_string(mark.column + 1) + ": ";
}

/// Messages quote what a file says: bytes that are no text cannot be quoted.
void refuse_other_encodings(const std::string& text, const std::string& file) {
  try {
    const std::string quoted = Json(text).dump();
  } catch (const Json::exception&) {
    fail_input(file + ": not YAML: not encoded as UTF-8");
  }
}

/// The whole text as a number, or null. A number that no double holds stays text, which no reader takes for one.
Json number_of(const std::string& text) {
  const char* const begin = text.data() + (text[0] == '+' ? 1 : 0);
  const char* const end = text.data() + text.size();
  if (begin == end || (*begin == '-' && begin != text.data())) return nullptr;
  std::int64_t integer = 0;
  if (const auto read = std::from_chars(begin, end, integer); read.ec == std::errc() && read.ptr == end) return integer;
  double real = 0.0;
  const auto read = std::from_chars(begin, end, real);
  if (read.ec != std::errc() || read.ptr != end || !std::isfinite(real)) return nullptr;
  return real;
}

Json scalar(const YAML::Node& node) {
  const std::string& text = node.Scalar();
  if (node.Tag() != kPlain) return text;
  if (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL") return nullptr;
  if (text == "true" || text == "True" || text == "TRUE") return true;
  if (text == "false" || text == "False" || text == "FALSE") return false;
  const Json number = number_of(text);
  return number.is_null() ? Json(text) : number;
}

/// Turns nodes into values, as far as there is an end to them.
class Converter {
 public:
  explicit Converter(const std::string& file) : file_(file) {}

  Json value(const YAML::Node& node, int depth) {
    if (depth > kDeepest) fail(node, "nested deeper than " + std::to_string(kDeepest) + " levels");
    if (++values_ > kMostValues) fail(node, "more than " + std::to_string(kMostValues) + " values");
    if (node.IsMap()) return object(node, depth);
    if (node.IsSequence()) {
      Json list = Json::array();
      for (const YAML::Node& item : node) list.push_back(value(item, depth + 1));
      return list;
    }
    return node.IsScalar() ? scalar(node) : Json();
  }

 private:
  Json object(const YAML::Node& node, int depth) {
    Json result = Json::object();
    for (const auto& entry : node) {
      if (!entry.first.IsScalar()) fail(entry.first, "a key that is a list or a map; allowed a text");
      const std::string& key = entry.first.Scalar();
      if (result.contains(key)) fail(entry.first, "duplicate key '" + key + "'");
      result[key] = value(entry.second, depth + 1);
    }
    return result;
  }

  [[noreturn]] void fail(const YAML::Node& node, const std::string& problem) const {
    fail_input(place(file_, node.Mark()) + problem);
  }

  const std::string& file_;
  std::int64_t values_ = 0;
};

}  // namespace

JsonDocument load_yaml(const std::string& file) {
  const std::string text = read_text_file(file, "YAML");
  refuse_other_encodings(text, file);
  try {
    const std::vector<YAML::Node> documents = YAML::LoadAll(text);
    if (documents.size() != 1) {
      fail_input(file + ": found " + std::to_string(documents.size()) + " YAML documents; allowed one");
    }
    return {Converter(file).value(documents[0], 0), file};
  } catch (const YAML::Exception& error) {
    fail_input(place(file, error.mark) + "not YAML: " + error.msg);
  }
}

}  // namespace lacuna

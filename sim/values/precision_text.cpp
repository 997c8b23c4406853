// SPDX-License-Identifier: Apache-2.0
#include "sim/values/precision_text.hpp"

#include <nlohmann/json.hpp>
#include <sstream>

#include "hw/number/number_format.hpp"

namespace lacuna {
namespace {

std::string quoted(const std::string& text) {
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string member(const std::string& key, const std::string& text) { return "  \"" + key + "\": " + text; }

std::string format_text(const StoredFormat& stored) {
  std::string text = "{\"format\": " + quoted(stored.format) + ", \"bits\": " + std::to_string(stored.bits);
  if (Registry<NumberFormat>::instance().find(stored.format)->chooses_value_bits()) {
    text += ", \"value_bits\": " + std::to_string(stored.value_bits);
  }
  return text + "}";
}

std::string exception_text(const LayerException& exception) {
  std::string text;
  if (exception.weights) text += "\"weights\": " + format_text(*exception.weights);
  if (exception.activations) {
    text += (text.empty() ? "" : ", ") + ("\"activations\": " + format_text(*exception.activations));
  }
  return "{" + text + "}";
}

std::string layers_text(const Precision& precision, const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) {
    const auto found = precision.layers.find(name);
    if (found == precision.layers.end()) continue;
    text += (text.empty() ? "\n    " : ",\n    ") + quoted(name) + ": " + exception_text(found->second);
  }
  return "{" + text + "\n  }";
}

std::string all_ranges_text(const Precision& precision, const std::vector<std::string>& names) {
  std::string text;
  for (const auto& [network, ranges] : precision.ranges) {
    std::istringstream lines(ranges_text(ranges, names));
    std::string entry;
    for (std::string line; std::getline(lines, line);) entry += (entry.empty() ? "" : "\n    ") + line;
    text += (text.empty() ? "\n    " : ",\n    ") + quoted(network) + ": " + entry;
  }
  return "{" + text + "\n  }";
}

}  // namespace

std::string precision_text(const Precision& precision, const std::vector<std::string>& names) {
  std::string text = "{\n" + member("name", quoted(precision.name)) + ",\n" +
                     member("description", quoted(precision.description)) + ",\n" +
                     member("source", quoted(precision.source));
  if (!precision.mac.empty()) text += ",\n" + member("mac", quoted(precision.mac));
  if (!precision.exempt_mac.empty()) text += ",\n" + member("exempt_mac", quoted(precision.exempt_mac));
  text += ",\n" + member("weights", format_text(precision.weights)) + ",\n" +
          member("activations", format_text(precision.activations));
  if (!precision.layers.empty()) text += ",\n" + member("layers", layers_text(precision, names));
  if (!precision.ranges.empty()) text += ",\n" + member("ranges", all_ranges_text(precision, names));
  return text + "\n}\n";
}

}  // namespace lacuna

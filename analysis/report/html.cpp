// SPDX-License-Identifier: Apache-2.0
#include "analysis/report/html.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "analysis/printed.hpp"

namespace lacuna {
namespace {

constexpr char kReplacement[] = "\xEF\xBF\xBD";
constexpr double kLargestWithCommas = 1e15;
constexpr double kFewestForCommas = 1e4;

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7F;
}

void replace_all(std::string& text, const std::string& what, const std::string& by) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
}

std::string printed_finite(double value) { return std::isfinite(value) ? printed("%.4g", value) : ""; }

}  // namespace

std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\'':
        result += "&#39;";
        break;
      default:
        result += is_control(c) ? std::string(kReplacement) : std::string(1, c);
    }
  }
  return result;
}

std::string script_json(const nlohmann::json& value) {
  std::string text = value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  replace_all(text, "<", "\\u003c");
  replace_all(text, ">", "\\u003e");
  replace_all(text, "&", "\\u0026");
  replace_all(text, "\xE2\x80\xA8", "\\u2028");
  replace_all(text, "\xE2\x80\xA9", "\\u2029");
  return text;
}

std::string brief(double value) {
  return std::abs(value) >= kFewestForCommas ? readable(std::round(value)) : printed_finite(value);
}

std::string readable(double value) {
  if (!std::isfinite(value)) return "";
  if (value != std::floor(value) || std::abs(value) >= kLargestWithCommas) return printed_finite(value);
  std::string digits = printed("%.0f", std::abs(value));
  for (std::size_t at = digits.size(); at > 3;) digits.insert(at -= 3, ",");
  return value < 0.0 ? "-" + digits : digits;
}

}  // namespace lacuna

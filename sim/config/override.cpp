// SPDX-License-Identifier: Apache-2.0
#include "sim/config/override.hpp"

#include <nlohmann/json.hpp>

#include "hw/base/error.hpp"
#include "workloads/json/strict_parse.hpp"

namespace lacuna {
namespace {

/// The JSON text of a value as typed.
std::string json_of(const std::string& typed, const std::string& origin) {
  if (!typed.empty() && std::string("{[\"").find(typed[0]) != std::string::npos) {
    return parse_strict(typed, origin).dump();
  }
  try {
    return parse_strict(typed, origin).dump();
  } catch (const Error&) {
    return nlohmann::json(typed).dump(-1, ' ', true, nlohmann::json::error_handler_t::replace);
  }
}

}  // namespace

Override parse_override(const std::string& text) {
  const std::string origin = "--set " + text;
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos) fail_input(origin + ": no '='; allowed --set /path/to/field=value");
  const std::string pointer = text.substr(0, equals);
  if (pointer.empty() || pointer[0] != '/') {
    fail_input(origin + ": a path starts with '/', found '" + pointer + "'; allowed --set /path/to/field=value");
  }
  return {pointer, json_of(text.substr(equals + 1), origin), origin};
}

bool is_at_or_below(const std::string& pointer, const std::string& ancestor) {
  return pointer.compare(0, ancestor.size(), ancestor) == 0 &&
         (pointer.size() == ancestor.size() || pointer[ancestor.size()] == '/');
}

void check_all_used(const std::vector<Override>& overrides) {
  for (std::size_t later = 0; later < overrides.size(); ++later) {
    for (std::size_t earlier = 0; earlier < later; ++earlier) {
      if (!is_at_or_below(overrides[earlier].pointer, overrides[later].pointer)) continue;
      fail_input(overrides[later].origin + ": " + overrides[later].pointer + ": replaces what '" +
                 overrides[earlier].origin + "' put there; allowed one of them");
    }
  }
}

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>

#include "sim/config/field_echo.hpp"
#include "sim/config/field_loader.hpp"
#include "tests/support/layer_case.hpp"

namespace lacuna::test {

namespace {

/// What `value` says beyond `base`.
nlohmann::json beyond(const nlohmann::json& value, const nlohmann::json& base) {
  nlohmann::json result = nlohmann::json::object();
  for (const auto& [key, item] : value.items()) {
    if (base.contains(key) && item == base[key]) continue;
    result[key] = base.contains(key) && item.is_object() ? beyond(item, base[key]) : item;
  }
  return result;
}

}  // namespace

std::string to_json(const LayerCase& c) {
  nlohmann::json result = beyond(echo_fields(c), echo_fields(LayerCase(c.chip.array.kind())));
  result["chip"]["array"]["kind"] = c.chip.array.kind();
  return result.dump();
}

LayerCase case_from_json(const std::string& text) {
  const JsonDocument given = JsonDocument::parse(text, "case");
  const JsonView array = given.view().at("chip").at("array");
  LayerCase c(array.at("kind").text_of(Registry<ArrayKind>::instance().names()));
  nlohmann::json whole = echo_fields(c);
  if (given.view().has("mapping")) c.mapping = c.chip.array.array().make_mapping();
  whole.merge_patch(given.json());
  const JsonDocument document(whole, "case");
  load_fields(document.view(), c);
  c.check();
  return c;
}

}  // namespace lacuna::test

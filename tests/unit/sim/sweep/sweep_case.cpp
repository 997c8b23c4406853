// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/sim/sweep/sweep_case.hpp"

#include <nlohmann/json.hpp>

namespace lacuna {

SweepFile sweep_of(const std::string& axes, const std::string& more) {
  nlohmann::json json = {{"name", "case"},
                         {"description", "a case"},
                         {"experiment", {{"chip", "eyeriss"}, {"network", "tiny"}}},
                         {"axes", nlohmann::json::parse(axes)}};
  json.update(nlohmann::json::parse(more));
  return load_sweep(JsonDocument(json, "case.json").view(), {});
}

std::string points_text(const SweepFile& sweep) {
  std::string text;
  for (const SweepPoint& point : points_of(sweep)) text += (text.empty() ? "" : "; ") + point_text(sweep, point);
  return text;
}

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "sim/sweep/points.hpp"

namespace lacuna {

/// A sweep of AlexNet on Eyeriss with these axes and whatever else `more` has.
inline SweepFile sweep_of(const std::string& axes, const std::string& more = "{}") {
  nlohmann::json json = {{"name", "case"},
                         {"description", "a case"},
                         {"experiment", {{"chip", "eyeriss"}, {"network", "tiny"}}},
                         {"axes", nlohmann::json::parse(axes)}};
  json.update(nlohmann::json::parse(more));
  return load_sweep(JsonDocument(json, "case.json").view(), {});
}

/// "rows=1 columns=2; rows=1 columns=3": the points of a sweep.
inline std::string points_text(const SweepFile& sweep) {
  std::string text;
  for (const SweepPoint& point : points_of(sweep)) text += (text.empty() ? "" : "; ") + point_text(sweep, point);
  return text;
}

}  // namespace lacuna

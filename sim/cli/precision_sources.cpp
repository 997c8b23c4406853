// SPDX-License-Identifier: Apache-2.0
#include "sim/cli/precision_sources.hpp"

#include <nlohmann/json.hpp>

#include "hw/base/error.hpp"
#include "sim/config/data_path.hpp"
#include "sim/values/precision.hpp"

namespace lacuna {
namespace {

/// `stated` as an axis has it: the JSON text of a precision, its name or its path.
Precision precision_of(const std::string& stated) {
  const nlohmann::json inlined = nlohmann::json::parse(stated, nullptr, false);
  if (inlined.is_object()) return load_precision(JsonDocument(inlined, "/precision").view());
  const JsonDocument name(nlohmann::json(stated), "/precision");
  return load_precision(JsonDocument::load(find_data(DataKind::precision, name.view()).path).view());
}

/// Nothing for a file that is not where it was when the sweep ran.
std::optional<PrecisionFacts> facts_of(const std::string& stated) {
  try {
    const Precision precision = precision_of(stated);
    return PrecisionFacts{precision.exempt(), precision.needs_training()};
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace

PrecisionSources shipped_precision_sources() {
  const std::string folder = data_root() + "/analysis";
  return {facts_of, folder + "/published", folder + "/measured"};
}

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include "sim/config/file_check.hpp"

#include <nlohmann/json.hpp>

#include "sim/config/experiment.hpp"
#include "sim/config/field_loader.hpp"
#include "sim/energy/accelergy_map.hpp"
#include "sim/sweep/database_schema.hpp"
#include "sim/sweep/points.hpp"
#include "workloads/weight/weight_file.hpp"

namespace lacuna {
namespace {

/// A kind of file: how it is told from the others, where it stands in an experiment, how it is loaded.
struct FileKind {
  const char* name;
  bool (*is)(const nlohmann::json& file);
  const char* pointer;
  void (*load)(const JsonView& view);
};

bool has(const nlohmann::json& file, const char* key, nlohmann::json::value_t type) {
  return file.contains(key) && file[key].type() == type;
}

using Type = nlohmann::json::value_t;

/// The first that fits is taken: a file is told by the key that makes it what it is, however wrong the rest may be.
const FileKind kFileKinds[] = {
    {"result", [](const nlohmann::json& file) { return file.contains("schema_version"); }, "", nullptr},
    {"mapping", [](const nlohmann::json& file) { return has(file, "array", Type::string); }, "/run/mapping",
     [](const JsonView& view) { load_mapping(view); }},
    {"chip", [](const nlohmann::json& file) { return file.contains("array"); }, "/chip",
     [](const JsonView& view) {
       ChipConfig chip;
       load_fields(view, chip);
     }},
    {"sweep", [](const nlohmann::json& file) { return file.contains("axes"); }, "",
     [](const JsonView& view) {
       const SweepFile sweep = load_sweep(view, {});
       points_of(sweep);
       check_plan(sweep);
     }},
    {"network", [](const nlohmann::json& file) { return has(file, "layers", Type::array); }, "/network",
     [](const JsonView& view) { load_network(view); }},
    {"price table", [](const nlohmann::json& file) { return file.contains("prices"); }, "/energy",
     [](const JsonView& view) { load_price_table(view); }},
    {"map of Accelergy's tables", [](const nlohmann::json& file) { return file.contains("units"); }, "",
     [](const JsonView& view) { load_accelergy_map(view); }},
    {"precision", [](const nlohmann::json& file) { return file.contains("weights") || file.contains("activations"); },
     "/precision", [](const JsonView& view) { load_precision(view); }},
    {"stimulus", [](const nlohmann::json& file) { return has(file, "layers", Type::object); }, "/run/stimulus",
     [](const JsonView& view) { load_stimulus(view); }},
};

}  // namespace

std::string check_file(const std::string& path) {
  if (is_weight_file(path)) {
    const WeightFileReader weights(path);
    for (const std::string& layer : weights.layers()) shared_values(weights.tensor(layer));
    return "weights";
  }
  const JsonDocument file = JsonDocument::load(path);
  for (const FileKind& kind : kFileKinds) {
    if (!file.view().is_object() || !kind.is(file.json())) continue;
    if (kind.load == nullptr) {
      compose(request_from_result(path));
    } else {
      kind.load(JsonDocument(file.json(), path, kind.pointer).view());
    }
    return kind.name;
  }
  file.view().fail(
      "not a file of any known kind; allowed a chip ('array'), mapping ('array', a text), network ('layers', "
      "a list), price table ('prices'), map of Accelergy's tables ('units'), precision ('weights', 'activations'), "
      "stimulus ('layers', an object), sweep ('axes'), result "
      "('schema_version')");
}

}  // namespace lacuna

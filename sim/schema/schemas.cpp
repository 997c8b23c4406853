// SPDX-License-Identifier: Apache-2.0
#include "sim/schema/schemas.hpp"

#include <nlohmann/json.hpp>

#include "hw/chip/config.hpp"
#include "sim/config/choice.hpp"
#include "sim/energy/accelergy_map_schema.hpp"
#include "sim/energy/price_table_schema.hpp"
#include "sim/schema/field_schema.hpp"
#include "sim/schema/sections.hpp"
#include "sim/sweep/sweep_file.hpp"
#include "sim/values/precision_schema.hpp"
#include "workloads/network/network_schema.hpp"
#include "workloads/stimulus/stimulus_schema.hpp"

namespace lacuna {
namespace {

struct NamedSchema {
  const char* name;
  const char* description;
  Schema (*make)();
};

Schema chip_schema() {
  ChipConfig chip;
  return field_schema(chip, "a whole accelerator");
}

const NamedSchema kSchemas[] = {
    {"chip", "configs/chips: a whole accelerator", chip_schema},
    {"network", "workloads/networks: layers and their weights", network_schema},
    {"precision", "configs/precision: number formats, widths and ranges", precision_schema},
    {"energy", "configs/energy: a price table", price_table_schema},
    {"accelergy_map", "which figures of Accelergy's are prices of which units, for lacuna import",
     accelergy_map_schema},
    {"mapping", "configs/mappings: how layers are cut into passes", mapping_schema},
    {"stimulus", "workloads/stimuli: seeded data in place of images", stimulus_schema},
    {"sweep", "configs/sweeps: a family of experiments", sweep_schema},
    {"published", "analysis/published: figures of a paper", published_schema},
    {"experiment", "all sections together, as in /config of a result", experiment_schema},
    {"result", "result.json of a run", result_schema},
};

const NamedSchema& find(const std::string& name) {
  for (const NamedSchema& schema : kSchemas) {
    if (name == schema.name) return schema;
  }
  fail_choice("schema: unknown", name, schema_names());
}

}  // namespace

std::vector<std::string> schema_names() {
  std::vector<std::string> names;
  for (const NamedSchema& schema : kSchemas) names.emplace_back(schema.name);
  return names;
}

std::string schema_description(const std::string& name) { return find(name).description; }

Schema schema_of(const std::string& name) { return find(name).make(); }

std::string schema_text(const std::string& name) {
  Schema file = {{"$schema", "http://json-schema.org/draft-07/schema#"}, {"title", name}};
  const Schema schema = schema_of(name);
  for (const auto& [keyword, value] : schema.items()) file[keyword] = value;
  return file.dump(2) + "\n";
}

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include "sim/schema/sections.hpp"

#include <nlohmann/json.hpp>

#include "hw/array/array.hpp"
#include "sim/config/mapping_file.hpp"
#include "sim/config/run_config.hpp"
#include "sim/schema/field_schema.hpp"
#include "sim/schema/schemas.hpp"

namespace lacuna {

Schema mapping_schema() {
  std::vector<Schema> forms;
  for (const std::string& name : Registry<ArrayKind>::instance().names()) {
    const auto entry = Registry<ArrayKind>::instance().find(name)->make_mapping();
    ObjectSchema form = named_file_schema("how layers are cut into passes");
    form.constant({"array", "kind of PE array that the entries are for"}, name);
    form.text({"network", "network whose layers they are for; left out: any that has layers of these names"});
    form.member(FieldInfo("layers", "by layer; one without an entry gets the array's default mapping").must(),
                map_schema(field_schema(*entry)));
    forms.push_back(form.json());
  }
  return one_of_schema(forms);
}

Schema run_schema() {
  RunConfig config;
  ObjectSchema run("what is run, and how");
  Schema mapping = mapping_schema();
  mapping["oneOf"].insert(mapping["oneOf"].begin(), Schema{{"enum", built_in_mappings()}});
  run.member(
      {"mapping", R"(how layers are cut into passes; "default": as the array chooses, "search": as /run/search says)"},
      mapping);
  run.member({"stimulus", "seeded data in place of images"}, schema_of("stimulus"));
  add_fields(run, config);
  return run.json();
}

Schema experiment_schema() {
  ObjectSchema experiment("a whole experiment");
  for (const char* section : {"chip", "network", "precision", "energy"}) {
    experiment.member(FieldInfo(section, "").must(), schema_of(section));
  }
  experiment.member(FieldInfo("run", "").must(), run_schema());
  return experiment.json();
}

}  // namespace lacuna

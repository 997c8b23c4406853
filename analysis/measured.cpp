// SPDX-License-Identifier: Apache-2.0
#include "analysis/measured.hpp"

#include <nlohmann/json.hpp>

#include "analysis/json_file.hpp"

namespace lacuna {
namespace {

constexpr double kMega = 1e6;
constexpr double kSchemaVersion = 1;

/// A section is a text where it names something built in, else an object with a name.
std::string name_of(const JsonPlace& section) { return section.is_text() ? section.text() : section.at("name").text(); }

MeasuredLayer layer_of(const JsonPlace& place, const std::string& file, const std::string& mapping) {
  const auto number = [&](const char* key) { return place.at(key).number(); };
  MeasuredLayer layer;
  layer.file = file;
  layer.layer = place.at("name").text();
  layer.mapping = mapping;
  layer.batch = number("batch");
  layer.active_pes = number("active_pes");
  layer.processing_ms = number("processing_ms");
  layer.total_ms = number("total_ms");
  layer.global_buffer_mb = (number("global_buffer_read_bytes") + number("global_buffer_write_bytes")) / kMega;
  layer.dram_mb = (number("dram_read_bytes") + number("dram_write_bytes")) / kMega;
  layer.ifmap_zeros_percent = 100.0 * number("ifmap_zero_fraction");
  layer.power_mw = number("power_chip_mw");
  return layer;
}

}  // namespace

MeasuredRun read_measured(const std::string& file) {
  const nlohmann::json json = read_json(file);
  const JsonPlace place(json, file);
  const JsonPlace version = place.at("schema_version");
  if (version.number() != kSchemaVersion) version.fail("a result of another schema version; allowed 1");
  const JsonPlace config = place.at("config");
  MeasuredRun run;
  run.file = file;
  run.chip = name_of(config.at("chip"));
  run.network = name_of(config.at("network"));
  const std::string mapping = name_of(config.at("run").at("mapping"));
  for (const JsonPlace& label : place.at("labels").items()) run.labels.push_back(label.text());
  for (const JsonPlace& layer : place.at("layers").items()) run.layers.push_back(layer_of(layer, file, mapping));
  return run;
}

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include "analysis/published_table.hpp"

#include <nlohmann/json.hpp>

#include "analysis/json_file.hpp"

namespace lacuna {
namespace {

PublishedLayer layer_of(const JsonPlace& row) {
  PublishedLayer layer;
  layer.layer = row.at("layer").text();
  layer.active_pes = row.at("active_pes").number();
  layer.processing_ms = row.at("processing_ms").number();
  layer.total_ms = row.at("total_ms").number();
  layer.global_buffer_mb = row.at("global_buffer_mb").number();
  layer.dram_mb = row.at("dram_mb").number();
  layer.ifmap_zeros_percent = row.at("ifmap_zeros_percent").number();
  layer.power_mw = row.at("power_mw").number();
  return layer;
}

Tolerance tolerance_of(const JsonPlace& place) {
  Tolerance tolerance;
  tolerance.latency_each_percent = place.at("latency_each_percent").number();
  tolerance.latency_mean_percent = place.at("latency_mean_percent").number();
  tolerance.latency_total_percent = place.at("latency_total_percent").number();
  tolerance.latency_sum_percent = place.at("latency_sum_percent").number();
  for (const JsonPlace& layer : place.at("latency_sum_of").items()) tolerance.latency_sum_of.push_back(layer.text());
  tolerance.global_buffer_mb = place.at("global_buffer_mb").number();
  return tolerance;
}

}  // namespace

const PublishedLayer* PublishedTable::find(const std::string& layer) const {
  for (const PublishedLayer& row : layers) {
    if (row.layer == layer) return &row;
  }
  return nullptr;
}

PublishedTable load_published(const std::string& file) {
  const nlohmann::json json = read_json(file);
  const JsonPlace place(json, file);
  PublishedTable table;
  table.paper = place.at("paper").text();
  table.citation = place.at("citation").text();
  const JsonPlace experiment = place.at("experiment");
  table.chip = experiment.at("chip").text();
  table.network = experiment.at("network").text();
  table.batch = experiment.at("batch").number();
  table.mapping = experiment.at("mapping").text();
  table.note = experiment.at("note").text();
  table.verified = place.at("published").at("verified").flag();
  table.exact_verified = place.at("exact").at("verified").flag();
  for (const JsonPlace& row : place.at("published").at("rows").items()) table.layers.push_back(layer_of(row));
  for (const JsonPlace& row : place.at("exact").at("rows").items()) {
    table.exact.push_back({row.at("layer").text(), row.at("mapping").text(), row.at("global_buffer_mb").number()});
    if (table.find(table.exact.back().layer) == nullptr) row.fail("a layer that the published rows do not have");
  }
  table.tolerance = tolerance_of(place.at("tolerance"));
  return table;
}

}  // namespace lacuna

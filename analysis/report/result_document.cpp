// SPDX-License-Identifier: Apache-2.0
#include "analysis/report/result_document.hpp"

#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "hw/base/error.hpp"

namespace lacuna {
namespace {

constexpr int kSchemaVersion = 1;
constexpr char kHostPrefix[] = "host:";

template <class Map>
const typename Map::mapped_type& found_in(const Map& map, const std::string& where, const std::string& field) {
  const auto found = map.find(field);
  if (found == map.end()) fail_input(where + ": missing key '" + field + "'");
  return found->second;
}

Figures read_figures(const nlohmann::json& json, const std::string& where) {
  if (!json.is_object()) fail_input(where + ": wrong type, found " + json.dump() + "; allowed an object");
  Figures figures;
  figures.where = where;
  for (const auto& [key, value] : json.items()) {
    if (value.is_number()) figures.numbers[key] = value.get<double>();
    if (value.is_boolean()) figures.texts[key] = value.get<bool>() ? "yes" : "no";
    if (value.is_string()) figures.texts[key] = value.get<std::string>();
    if (!value.is_object()) continue;
    std::map<std::string, double>& map = figures.maps[key];
    for (const std::string& name : JsonPlace(value, where + "/" + key).keys()) {
      map[name] = JsonPlace(value, where + "/" + key).at(name).number();
    }
  }
  return figures;
}

std::vector<std::string> texts_of(const JsonPlace& list) {
  std::vector<std::string> texts;
  for (const JsonPlace& item : list.items()) texts.push_back(item.text());
  return texts;
}

void read_layers(const nlohmann::json& layers, ResultDocument& document) {
  const std::string where = document.file + "/layers/";
  for (std::size_t i = 0; i < layers.size(); ++i) {
    Figures layer = read_figures(layers.at(i), where + std::to_string(i));
    const std::string& kind = layer.text("kind");
    if (kind.rfind(kHostPrefix, 0) == 0) {
      document.host_layers.push_back(layer.text("name") + " (" + kind.substr(sizeof kHostPrefix - 1) + ")");
    } else {
      document.layers.push_back(std::move(layer));
    }
  }
}

/// A pes.csv of another run beside a result must not pass for its own.
void check_pes(const ResultDocument& document, const std::string& file) {
  for (const Figures& layer : document.layers) {
    const std::string& name = layer.text("name");
    const PeLayer* pes = document.pes->find(name);
    if (pes == nullptr) fail_input(file + ": no rows for layer '" + name + "' of " + document.file);
    double issued = 0.0;
    for (const PeRow& row : pes->rows) issued += row.performed + row.gated - row.filler;
    const double allowed = layer.number("macs_performed") + layer.number("macs_gated");
    if (issued != allowed) {
      fail_input(file + ": is of another run: MACs performed and gated in layer '" + name + "', found " +
                 std::to_string(static_cast<long long>(issued)) + "; allowed " +
                 std::to_string(static_cast<long long>(allowed)) + " as in " + document.file);
    }
  }
}

}  // namespace

double Figures::number(const std::string& field) const { return found_in(numbers, where, field); }
const std::string& Figures::text(const std::string& field) const { return found_in(texts, where, field); }
const std::map<std::string, double>& Figures::map(const std::string& field) const {
  return found_in(maps, where, field);
}

double ResultDocument::pes_of_array() const {
  for (const Figures& layer : layers) {
    const double share = layer.number("spatial_utilization");
    if (share > 0.0) return std::round(layer.number("active_pes") / share);
  }
  return 0.0;
}

std::vector<std::string> ResultDocument::layer_names() const {
  std::vector<std::string> names;
  names.reserve(layers.size());
  for (const Figures& layer : layers) names.push_back(layer.text("name"));
  return names;
}

ResultDocument result_document(const std::string& file, std::shared_ptr<const nlohmann::json> json) {
  ResultDocument document;
  document.file = file;
  document.json = std::move(json);
  const JsonPlace place = document.place();
  const double version = place.at("schema_version").number();
  if (version != kSchemaVersion) {
    place.at("schema_version").fail("found " + place.at("schema_version").json() + "; allowed 1");
  }
  place.at("layers").items();  // it is a list
  read_layers(document.json->at("layers"), document);
  const JsonPlace totals = place.at("totals");
  const std::string all = totals.has("all_layers") ? "all_layers" : "layers_run";
  totals.at(all).keys();  // it is an object
  totals.at("conv_layers").keys();
  document.all = read_figures(document.json->at("totals").at(all), file + "/totals/" + all);
  document.conv = read_figures(document.json->at("totals").at("conv_layers"), file + "/totals/conv_layers");
  document.not_run = texts_of(totals.at("not_run"));
  document.labels = texts_of(place.at("labels"));
  const std::filesystem::path pes = std::filesystem::path(file).parent_path() / "pes.csv";
  std::error_code ignored;
  if (std::filesystem::exists(pes, ignored)) {
    document.pes = read_pe_table(pes.string());
    check_pes(document, pes.string());
  }
  return document;
}

}  // namespace lacuna

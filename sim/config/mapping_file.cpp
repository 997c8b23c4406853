// SPDX-License-Identifier: Apache-2.0
#include "sim/config/mapping_file.hpp"

#include <nlohmann/json.hpp>

#include "sim/config/field_echo.hpp"
#include "sim/config/field_loader.hpp"

namespace lacuna {

const ArrayMapping* MappingFile::find(const std::string& layer) const {
  const auto found = layers.find(layer);
  return found == layers.end() ? nullptr : found->second.get();
}

const std::vector<std::string>& built_in_mappings() {
  static const std::vector<std::string> names = {"default", "search"};
  return names;
}

MappingFile load_mapping(const JsonView& view) {
  MappingFile mapping;
  if (view.is_text()) {
    mapping.name = view.text_of(built_in_mappings());
    return mapping;
  }
  view.allow_keys({"name", "description", "source", "array", "network", "layers"});
  mapping.name = view.at("name").text();
  mapping.description = view.at("description").text();
  mapping.source = view.at("source").text();
  mapping.array = view.at("array").text_of(Registry<ArrayKind>::instance().names());
  if (view.has("network")) mapping.network = view.at("network").text();
  const JsonView layers = view.at("layers");
  for (const std::string& layer : layers.keys()) {
    auto entry = Registry<ArrayKind>::instance().find(mapping.array)->make_mapping();
    load_fields(layers.at(layer), *entry);
    mapping.layers[layer] = std::move(entry);
  }
  return mapping;
}

void check_mapping(const JsonView& view, const MappingFile& mapping, const std::string& array, const Network& network) {
  if (view.is_text()) return;
  if (mapping.array != array) {
    view.at("array").fail("mapping for another array, found '" + mapping.array + "'; allowed '" + array +
                          "', the array of the chip, or --mapping default");
  }
  if (!mapping.network.empty() && mapping.network != network.name) {
    view.at("network").fail("mapping for another network, found '" + mapping.network + "'; allowed '" + network.name +
                            "', the network of the run, or --mapping default");
  }
  std::vector<std::string> names;
  for (const Layer* layer : network.array_layers()) names.push_back(layer->name);
  view.at("layers").allow_keys(names);
}

nlohmann::json echo_mapping(const MappingFile& mapping) {
  if (mapping.array.empty()) return mapping.name;
  nlohmann::json echo = {{"name", mapping.name},       {"description", mapping.description},
                         {"source", mapping.source},   {"array", mapping.array},
                         {"network", mapping.network}, {"layers", nlohmann::json::object()}};
  for (const auto& [layer, entry] : mapping.layers) echo["layers"][layer] = echo_fields(*entry);
  return echo;
}

}  // namespace lacuna

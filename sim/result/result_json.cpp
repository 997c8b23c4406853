// SPDX-License-Identifier: Apache-2.0
#include "sim/result/result_json.hpp"

#include <cmath>
#include <nlohmann/json.hpp>

#include "sim/result/flat_visitor.hpp"
#include "sim/result/prices_json.hpp"

namespace lacuna {
namespace {

using Json = nlohmann::ordered_json;

class JsonFields : public FlatVisitor {
 public:
  void integer(const FieldInfo& info, std::int64_t& value) override { json[info.name] = value; }
  void real(const FieldInfo& info, double& value) override {
    json[info.name] = std::isfinite(value) ? Json(value) : Json(nullptr);
  }
  void boolean(const FieldInfo& info, bool& value) override { json[info.name] = value; }
  void text(const FieldInfo& info, std::string& value) override { json[info.name] = value; }
  void integer_map(const FieldInfo& info, std::map<std::string, std::int64_t>& value) override { put(info, value); }
  void real_map(const FieldInfo& info, std::map<std::string, double>& value) override { put(info, value); }

  Json json = Json::object();

 private:
  template <class Map>
  void put(const FieldInfo& info, const Map& map) {
    Json& object = json[info.name] = Json::object();
    for (const auto& [key, value] : map) object[key] = value;
  }
};

template <class Struct>
Json fields_of(Struct copy) {
  JsonFields fields;
  copy.describe(fields);
  return std::move(fields.json);
}

}  // namespace

std::string result_json(const RunResult& result) {
  Json json;
  json["schema_version"] = RunResult::kSchemaVersion;
  json["program"] = {{"version", result.program.version},
                     {"git_revision", result.program.git_revision},
                     {"compiler", result.program.compiler}};
  json["inputs"] = Json::array();
  for (const InputFile& input : result.inputs)
    json["inputs"].push_back({{"path", input.path}, {"sha256", input.sha256}});
  json["labels"] = result.labels;
  json["config"] = Json::parse(result.config_json);
  json["layers"] = Json::array();
  for (const LayerResult& layer : result.layers) json["layers"].push_back(fields_of(layer));
  // A sum over some layers must not pass for that of the network.
  const std::string all = result.not_run.empty() ? "all_layers" : "layers_run";
  json["totals"] = {{"conv_layers", fields_of(totals_of(result.layers, LayerChoice::conv_layers))},
                    {all, fields_of(totals_of(result.layers, LayerChoice::all_layers))},
                    {"not_run", result.not_run},
                    {"area_mm2", area_json(result.prices)},
                    {"prices", Json::array()}};
  for (const Prices& prices : result.prices) json["totals"]["prices"].push_back(prices_json(prices));
  // A path need not be UTF-8, JSON must be.
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace lacuna

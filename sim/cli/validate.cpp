// SPDX-License-Identifier: Apache-2.0
#include <nlohmann/json.hpp>
#include <optional>
#include <ostream>

#include "analysis/deviation.hpp"
#include "sim/cli/command.hpp"
#include "sim/config/data_path.hpp"
#include "sim/energy/fit_point.hpp"
#include "sim/engine/engine.hpp"
#include "sim/result/result_json.hpp"

namespace lacuna {
namespace {

using Json = nlohmann::json;

/// Runs the experiments of papers in this process, with the shipped data.
class EngineMeasurer : public Measurer {
 public:
  EngineMeasurer() {
    const std::string folder = ValuesCache::default_folder();
    if (folder != "off" && !folder.empty()) cache_.emplace(folder);
  }

  Json result(const std::string& experiment, const std::string& where) override {
    EngineHooks hooks;
    if (cache_) hooks.cache = &*cache_;
    return Json::parse(result_json(run_experiment(compose(request(experiment, where)), hooks)));
  }

  double price_pj(const std::string& experiment, const std::string& component, const std::string& where) override {
    const JsonDocument stated(Json::parse(experiment), where);
    stated.view().allow_keys({"energy"});
    const JsonDocument file = JsonDocument::load(find_data(DataKind::energy, stated.view().at("energy")).path);
    const PriceTable table = load_price_table(file.view());
    return component_figure(JsonDocument(Json::parse(component), where).view(), table);
  }

 private:
  /// {"chip", "network", "energy", "run": {...}, "set": {"/path": value}}: sections, and fields below them.
  static Request request(const std::string& experiment, const std::string& where) {
    Json sections = Json::parse(experiment);
    JsonDocument(sections, where).view().allow_keys({"chip", "network", "precision", "energy", "run", "set"});
    std::vector<Override> overrides;
    if (sections.contains("set")) {
      for (const auto& [pointer, value] : sections.at("set").items()) {
        overrides.push_back({pointer, value.dump(), where + "/set"});
      }
      sections.erase("set");
    }
    return {JsonDocument(std::move(sections), where), std::move(overrides), {}};
  }

  std::optional<ValuesCache> cache_;
};

}  // namespace

int validate_verb(const std::vector<std::string>& words, std::ostream& out) {
  if (words.size() == 1 && words[0] == "--help") {
    out << "lacuna validate [PAPER...] [options]\n\n"
           "Runs the experiments of papers (all by default) and prints our figures beside the published ones.\n\n"
           "  --into FILE    write the tables between '<!-- begin PAPER -->' and '<!-- end PAPER -->' of FILE\n"
           "  --check FILE   compare them with what stands there\n\n"
           "Exit code 1 when a figure is outside its tolerance or FILE holds other tables.\n";
    return 0;
  }
  EngineMeasurer measurer;
  return deviation_command(words, data_root() + "/analysis/published", measurer, out);
}

}  // namespace lacuna

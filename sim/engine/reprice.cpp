// SPDX-License-Identifier: Apache-2.0
#include "sim/engine/reprice.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "hw/base/error.hpp"
#include "hw/chip/accelerator.hpp"
#include "sim/engine/labels.hpp"
#include "sim/engine/plan.hpp"
#include "sim/result/layer_reader.hpp"

namespace lacuna {
namespace {

constexpr char kEnergy[] = "/energy";

Request request_of(const JsonDocument& result, const std::string& file, const std::vector<Override>& overrides) {
  const JsonView version = result.view().at("schema_version");
  if (!version.is_number() || version.json() != RunResult::kSchemaVersion) {
    version.fail("result of another schema, found " + version.json().dump() + "; allowed " +
                 std::to_string(RunResult::kSchemaVersion));
  }
  for (const Override& change : overrides) {
    if (is_at_or_below(change.pointer, kEnergy) || change.pointer == "/run/extrapolate") continue;
    fail_input(change.origin + ": " + change.pointer + ": changes more than prices; allowed paths below /energy");
  }
  return {JsonDocument(result.view().at("config").json(), file), overrides, {}};
}

/// The files of the result, with the price table that is used now in the place of the one that was.
std::vector<InputFile> inputs_of(const JsonView& result, const Experiment& repriced) {
  std::vector<InputFile> inputs;
  const JsonView recorded = result.at("inputs");
  for (std::size_t i = 0; i < recorded.size(); ++i) {
    inputs.push_back({recorded.item(i).at("path").text(), recorded.item(i).at("sha256").text()});
  }
  const std::string old_table = "configs/energy/" + result.at("config").at("energy").at("name").text() + ".json";
  for (const InputFile& file : repriced.inputs) {
    const auto same = [&](const std::string& path) {
      return std::find_if(inputs.begin(), inputs.end(), [&](const InputFile& one) { return one.path == path; });
    };
    if (same(file.path) != inputs.end()) continue;
    const auto place = same(old_table);
    if (place != inputs.end()) {
      *place = file;
    } else {
      inputs.push_back(file);
    }
  }
  return inputs;
}

std::vector<std::string> labels_of(const JsonView& result, const Experiment& experiment) {
  std::vector<std::string> labels;
  const JsonView recorded = result.at("labels");
  for (std::size_t i = 0; i < recorded.size(); ++i) labels.push_back(recorded.item(i).text());
  replace_energy_label(labels, experiment);
  return labels;
}

}  // namespace

RunResult reprice(const std::string& file, const std::vector<Override>& overrides) {
  const JsonDocument document = JsonDocument::load(file);
  const JsonView view = document.view();
  const Experiment experiment = compose(request_of(document, file, overrides));
  const NetworkPrecision precision = resolved_precision(experiment);
  RunResult result;
  result.program = this_program();
  result.inputs = inputs_of(view, experiment);
  result.labels = labels_of(view, experiment);
  result.config_json = experiment.resolved;
  result.layers = read_layers(view.at("layers"));
  const CoreFigures core{experiment.chip.core_clock_khz, experiment.chip.array.config().pes()};
  for (LayerResult& layer : result.layers) {
    if (layer.on_host()) continue;
    const Prices prices = layer_prices(experiment, precision, experiment.network.layer(layer.name));
    derive(layer, core, prices);
    add_prices(result.prices, prices);
  }
  const JsonView not_run = view.at("totals").at("not_run");
  for (std::size_t i = 0; i < not_run.size(); ++i) result.not_run.push_back(not_run.item(i).text());
  return result;
}

}  // namespace lacuna

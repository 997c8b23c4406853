// SPDX-License-Identifier: Apache-2.0
#include "sim/config/experiment.hpp"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "sim/config/composer.hpp"
#include "sim/config/field_echo.hpp"
#include "sim/config/field_loader.hpp"

namespace lacuna {
namespace {

const char* const kDefault = "the default";

void require_section(const Composer& composer, const std::string& section, DataKind kind) {
  if (composer.has("/" + section)) return;
  std::string names;
  for (const std::string& name : data_names(kind)) names += name + ", ";
  composer.view().fail("no " + section + " given; allowed --" + section + " with " + names + "or the path of a file");
}

void load_machine(Composer& composer, Experiment& experiment) {
  require_section(composer, "chip", DataKind::chip);
  composer.resolve("/chip", DataKind::chip);
  load_fields(composer.at("/chip"), experiment.chip);
}

void load_workload(Composer& composer, Experiment& experiment) {
  require_section(composer, "network", DataKind::network);
  composer.resolve("/network", DataKind::network);
  experiment.network = load_network(composer.at("/network"));
}

void load_prices(Composer& composer, Experiment& experiment) {
  if (!composer.has("/energy")) composer.put("/energy", experiment.chip.energy, composer.origin("/chip/energy"));
  composer.resolve("/energy", DataKind::energy);
  experiment.energy = load_price_table(composer.at("/energy"));
}

void load_run(Composer& composer, Experiment& experiment) {
  if (!composer.has("/run")) composer.put("/run", nlohmann::json::object(), kDefault);
  RunConfig& run = experiment.run;
  load_fields(composer.at("/run"), run, {"mapping", "stimulus"});
  if (run.level == "event") composer.at("/run/level").fail("level event is not available in this version");
  std::vector<std::string> names;
  for (const Layer* layer : experiment.network.array_layers()) names.push_back(layer->name);
  for (std::size_t i = 0; i < run.layers.size(); ++i) {
    const JsonView layer = composer.at("/run/layers").item(i);
    layer.text_of(names);
    if (std::count(run.layers.begin(), run.layers.end(), run.layers[i]) > 1) layer.fail("layer given twice");
  }
}

void load_named_mapping(Composer& composer, Experiment& experiment) {
  composer.resolve("/run/mapping", DataKind::mapping, "default");
  experiment.mapping = load_mapping(composer.at("/run/mapping"));
}

/// The chip's own mapping may be for the layers of one network; others then get the array's default mapping, and the
/// resolved experiment says so. A mapping that was asked for is never replaced.
void choose_mapping(Composer& composer, Experiment& experiment) {
  if (composer.has("/run/mapping")) {
    load_named_mapping(composer, experiment);
  } else {
    Composer attempt = composer;
    attempt.put("/run/mapping", experiment.chip.mapping, composer.origin("/chip/mapping"));
    load_named_mapping(attempt, experiment);
    const std::string& network = experiment.mapping.network;
    if (network.empty() || network == experiment.network.name) {
      composer = attempt;
    } else {
      composer.put("/run/mapping", "default", kDefault);
      load_named_mapping(composer, experiment);
    }
  }
  check_mapping(composer.at("/run/mapping"), experiment.mapping, experiment.chip.array.kind(), experiment.network);
}

void load_images(Composer& composer, Experiment& experiment) {
  std::vector<std::string>& images = experiment.run.images;
  if (images.empty()) {
    const std::string& calibration = experiment.network.synthetic.calibration_image;
    images = {calibration.empty() ? "china" : std::filesystem::path(calibration).stem().string()};
    composer.put("/run/images", images, kDefault);
  }
  for (std::size_t i = 0; i < images.size(); ++i) {
    experiment.images.push_back(find_data(DataKind::image, composer.at("/run/images").item(i)));
    composer.add_input(experiment.images.back());
  }
}

/// The files that weights and biases are read from: of every array layer up to the last one simulated.
void list_weight_files(Composer& composer, const Experiment& experiment) {
  const std::string& weights = experiment.run.weights;
  const bool synthetic = weights == "synthetic";
  const std::string& biases = experiment.network.synthetic.biases;
  if (synthetic && biases.empty()) return;
  const JsonView reference = composer.at(synthetic ? "/network/synthetic_weights/biases" : "/run/weights");
  for (const Layer* layer : experiment.network.array_layers()) {
    std::vector<DataFile> files;
    if (synthetic) {
      files = {recorded_file("workloads/weights/" + biases + "/" + layer->name + ".bias.npy")};
    } else {
      files = {user_file(weights + "/" + layer->name + ".weight.npy"),
               user_file(weights + "/" + layer->name + ".bias.npy")};
    }
    for (const DataFile& file : files) {
      std::error_code ignored;
      if (!std::filesystem::is_regular_file(file.path, ignored))
        reference.fail("no such file, found '" + file.recorded + "'");
      composer.add_input(file);
    }
    if (layer == experiment.simulated_layers().back()) return;
  }
}

std::string resolved_text(const Composer& composer, const Experiment& experiment) {
  nlohmann::json resolved = composer.json();
  resolved["chip"] = echo_fields(experiment.chip);
  resolved["run"].update(echo_fields(experiment.run));
  resolved["run"]["mapping"] = echo_mapping(experiment.mapping);
  return resolved.dump();
}

}  // namespace

std::vector<const Layer*> Experiment::simulated_layers() const {
  std::vector<const Layer*> layers = network.array_layers();
  const auto unwanted = [&](const Layer* layer) {
    return !run.layers.empty() && std::find(run.layers.begin(), run.layers.end(), layer->name) == run.layers.end();
  };
  layers.erase(std::remove_if(layers.begin(), layers.end(), unwanted), layers.end());
  return layers;
}

Experiment compose(const Request& request) {
  Composer composer(request);
  composer.view().allow_keys({"chip", "network", "precision", "energy", "run"});
  Experiment experiment;
  load_machine(composer, experiment);
  load_workload(composer, experiment);
  load_prices(composer, experiment);
  load_run(composer, experiment);
  choose_mapping(composer, experiment);
  load_images(composer, experiment);
  list_weight_files(composer, experiment);
  composer.finish();
  experiment.inputs = request.recorded_inputs.empty() ? composer.inputs() : request.recorded_inputs;
  experiment.resolved = resolved_text(composer, experiment);
  return experiment;
}

}  // namespace lacuna

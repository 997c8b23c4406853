// SPDX-License-Identifier: Apache-2.0
#include "sim/config/experiment.hpp"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "hw/mac/mac.hpp"
#include "sim/config/composer.hpp"
#include "sim/config/field_echo.hpp"
#include "sim/config/field_loader.hpp"
#include "sim/config/machine.hpp"
#include "sim/config/synthetic_text.hpp"
#include "sim/config/weights_choice.hpp"

namespace lacuna {
namespace {

const char* const kDefault = "the default";

void require_section(const Composer& composer, const std::string& section, DataKind kind) {
  if (composer.has("/" + section)) return;
  composer.view().fail("no " + section + " given; allowed --" + section +
                       " with a name of: " + joined(data_names(kind)) + "; or with the path of a file");
}

void load_machine(Composer& composer, Experiment& experiment) {
  require_section(composer, "chip", DataKind::chip);
  experiment.chip = load_chip(composer);
}

void load_workload(Composer& composer, Experiment& experiment) {
  require_section(composer, "network", DataKind::network);
  composer.resolve("/network", DataKind::network);
  place_synthetic_text(composer);
  experiment.network = load_network(composer.at("/network"));
}

void load_values(Composer& composer, Experiment& experiment) {
  experiment.precision = load_precision_for(composer, experiment.chip);
  fit_macs(composer, experiment.precision, experiment.chip);
}

/// A table that was fitted to a chip may have no prices of other words: the chip names another one for these.
void load_prices(Composer& composer, Experiment& experiment) {
  const ChipConfig& chip = experiment.chip;
  const std::string& others = chip.energy_of_other_words;
  if (!others.empty()) {
    for (const char* table : {"/chip/energy", "/chip/energy_of_other_words"}) {
      if (composer.has(table)) find_data(DataKind::energy, composer.at(table));  // that it is there, used or not
    }
    experiment.other_words = !has_own_words(composer, experiment.precision, chip);
  }
  if (!composer.has("/energy")) {
    const std::string field = experiment.other_words ? "/chip/energy_of_other_words" : "/chip/energy";
    composer.put("/energy", experiment.other_words ? others : chip.energy, composer.origin(field), field);
  }
  composer.resolve("/energy", DataKind::energy);
  experiment.energy = load_price_table(composer.at("/energy"));
}

void load_run(Composer& composer, Experiment& experiment) {
  if (!composer.has("/run")) composer.put("/run", nlohmann::json::object(), kDefault);
  RunConfig& run = experiment.run;
  load_fields(composer.at("/run"), run, {"mapping", "stimulus"});
  std::vector<std::string> names;
  for (const Layer* layer : experiment.network.array_layers()) names.push_back(layer->name);
  for (std::size_t i = 0; i < run.layers.size(); ++i) {
    const JsonView layer = composer.at("/run/layers").item(i);
    layer.text_of(names);
    if (std::count(run.layers.begin(), run.layers.end(), run.layers[i]) > 1)
      layer.fail("layer given twice, found '" + run.layers[i] + "'");
  }
}

void load_named_mapping(Composer& composer, Experiment& experiment) {
  composer.resolve("/run/mapping", DataKind::mapping, built_in_mappings());
  experiment.mapping = load_mapping(composer.at("/run/mapping"));
}

/// The chip's own mapping may be for the layers of one network; others then get the array's default mapping, and the
/// resolved experiment says so. A mapping that was asked for is never replaced.
void choose_mapping(Composer& composer, Experiment& experiment) {
  if (composer.has("/run/mapping")) {
    load_named_mapping(composer, experiment);
  } else {
    Composer attempt = composer;
    attempt.put("/run/mapping", experiment.chip.mapping, composer.origin("/chip/mapping"), "/chip/mapping");
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

void refuse_unused_search(const Composer& composer, const Experiment& experiment) {
  if (!composer.has("/run/search") || experiment.mapping.searched()) return;
  composer.at("/run/search")
      .fail("no search is run, found the mapping '" + experiment.mapping.name + "'; allowed with --mapping search");
}

/// Whether some layer's sums depend on the order of additions.
bool adds_in_order(const MacConfig& mac) {
  const auto is_floating = [](const std::string& kind) {
    const MacDatapath* const datapath = Registry<MacDatapath>::instance().find(kind);
    return datapath != nullptr && datapath->floating();
  };
  return mac.overflow == "saturate" || is_floating(mac.kind) || is_floating(mac.exempt_kind);
}

/// In a chain, a MAC that saturates or has float psums needs the machine's order of additions of every layer up to the
/// last one wanted.
void check_order_known(const Composer& composer, const Experiment& experiment) {
  if (!adds_in_order(experiment.chip.mac)) return;
  const std::vector<const Layer*> simulated = experiment.simulated_layers();
  for (const Layer* layer : experiment.network.array_layers()) {
    if (layer == simulated.back()) return;
    if (std::find(simulated.begin(), simulated.end(), layer) != simulated.end()) continue;
    const std::string place = composer.has("/run/layers") ? "/run/layers" : "/run/unsupported_layers";
    composer.at(place).fail(
        "layer " + layer->name + " is left out before " + simulated.back()->name +
        ", but a MAC that saturates (/chip/mac/overflow) or has float psums (/chip/mac/kind) needs its order of "
        "additions; allowed all layers up to the last one wanted");
  }
}

void refuse_nothing_to_run(const Composer& composer, const Experiment& experiment) {
  const auto unsupported = experiment.unsupported_layers();
  if (unsupported.empty() || !experiment.simulated_layers().empty()) return;
  composer.at("/run/unsupported_layers")
      .fail("nothing is left to run, found " + std::to_string(unsupported.size()) +
            " layers that the chip takes none of; the first, " + unsupported[0].first->name + ": " +
            unsupported[0].second);
}

/// Layers run on seeded data, each alone: no image is read, and a layer without data cannot run.
void load_stimulus_of(Composer& composer, Experiment& experiment) {
  composer.resolve("/run/stimulus", DataKind::stimulus);
  experiment.stimulus = load_stimulus(composer.at("/run/stimulus"));
  std::vector<std::string> names;
  for (const Layer* layer : experiment.network.array_layers()) names.push_back(layer->name);
  const JsonView layers = composer.at("/run/stimulus/layers");
  layers.allow_keys(names);
  if (layers.keys().empty()) layers.fail("a stimulus without layers, found none; allowed one or more");
  for (const auto& [name, stimulus] : experiment.stimulus->layers) {
    check_stimulus(experiment.network.layer(name).shape(1), stimulus);
  }
  for (std::size_t i = 0; i < experiment.run.layers.size(); ++i) {
    composer.at("/run/layers").item(i).text_of(layers.keys());
  }
  if (!experiment.run.images.empty()) {
    composer.at("/run/images")
        .fail("a run on a stimulus reads no images, found " + std::to_string(experiment.run.images.size()) +
              "; allowed none");
  }
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

std::string resolved_text(const Composer& composer, const Experiment& experiment) {
  nlohmann::json resolved = composer.json();
  resolved["chip"] = echo_fields(experiment.chip);
  resolved["run"].update(echo_fields(experiment.run));
  resolved["run"]["mapping"] = echo_mapping(experiment.mapping);
  if (!experiment.mapping.searched()) resolved["run"].erase("search");
  return resolved.dump();
}

}  // namespace

std::vector<const Layer*> Experiment::wanted_layers() const {
  std::vector<const Layer*> layers = network.array_layers();
  const auto unwanted = [&](const Layer* layer) {
    const bool named = std::find(run.layers.begin(), run.layers.end(), layer->name) != run.layers.end();
    const bool has_data = !stimulus || stimulus->layers.count(layer->name) != 0;
    return !has_data || (!run.layers.empty() && !named);
  };
  layers.erase(std::remove_if(layers.begin(), layers.end(), unwanted), layers.end());
  return layers;
}

std::vector<std::pair<const Layer*, std::string>> Experiment::unsupported_layers() const {
  std::vector<std::pair<const Layer*, std::string>> unsupported;
  if (run.unsupported_layers != "leave_out") return unsupported;
  for (const Layer* layer : wanted_layers()) {
    const std::string reason = chip.array.array().refusal(layer->shape(run.batch));
    if (!reason.empty()) unsupported.emplace_back(layer, reason);
  }
  return unsupported;
}

std::vector<const Layer*> Experiment::simulated_layers() const {
  std::vector<const Layer*> layers = wanted_layers();
  for (const auto& [unsupported, reason] : unsupported_layers()) {
    layers.erase(std::remove(layers.begin(), layers.end(), unsupported), layers.end());
  }
  return layers;
}

std::string Experiment::place(const std::string& pointer) const {
  return document->origin(pointer) + ": " + pointer + ": ";
}

Experiment compose(const Request& request) {
  Composer composer(request);
  composer.view().allow_keys({"chip", "network", "precision", "energy", "run"});
  Experiment experiment;
  load_machine(composer, experiment);
  load_workload(composer, experiment);
  load_values(composer, experiment);
  load_prices(composer, experiment);
  load_run(composer, experiment);
  choose_weights(composer, experiment);
  choose_mapping(composer, experiment);
  refuse_unused_search(composer, experiment);
  if (composer.has("/run/stimulus")) {
    load_stimulus_of(composer, experiment);
    refuse_nothing_to_run(composer, experiment);
  } else {
    refuse_nothing_to_run(composer, experiment);
    check_order_known(composer, experiment);
    load_images(composer, experiment);
  }
  list_weight_files(composer, experiment);
  composer.finish();
  experiment.inputs = request.recorded_inputs.empty() ? composer.inputs() : request.recorded_inputs;
  experiment.resolved = resolved_text(composer, experiment);
  experiment.document = std::make_shared<const JsonDocument>(composer.document());
  experiment.placements = composer.placements();
  return experiment;
}

}  // namespace lacuna

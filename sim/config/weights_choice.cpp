// SPDX-License-Identifier: Apache-2.0
#include "sim/config/weights_choice.hpp"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "hw/base/error.hpp"
#include "workloads/json/digest.hpp"
#include "workloads/weight/weight_set.hpp"

namespace lacuna {
namespace {

const char* const kWeightFolder = "workloads/weights";  // below the data root
const std::string kSynthetic = "/network/synthetic_weights";

bool is_word(const std::string& weights) { return weights == "trained" || weights == "synthetic"; }

/// What a field that goes unused is allowed with; "" for a field that is used, or is a whole section.
std::string allowed_with(const std::string& pointer, const Composer& composer, const Experiment& experiment) {
  const auto below = [&pointer](const std::string& section) { return pointer.rfind(section + "/", 0) == 0; };
  const std::string& weights = experiment.run.weights;
  const bool stimulus = composer.has("/run/stimulus");
  const bool is_range = below("/network/ranges") || below("/network/weights/ranges");
  if (is_range && experiment.ranges_of == "precision") return "a precision without ranges of its own for the network";
  if (below("/network/ranges") && experiment.ranges_of == "trained") {
    return "weights that the network has no ranges of their own for, such as --weights synthetic";
  }
  if (below("/network/weights") && weights != "trained") return "--weights trained";
  if (pointer == kSynthetic + "/calibration_image") {  // the image of a run without one, whatever its weights
    return stimulus || !experiment.run.images.empty() ? "no image given, and no stimulus" : "";
  }
  if (below(kSynthetic) && weights != "synthetic") return "--weights synthetic";
  const bool biases = pointer == "/network/weights/biases" || pointer == kSynthetic + "/biases";
  return biases && stimulus ? "no stimulus, which sets biases of its own" : "";
}

void refuse_unused(const Composer& composer, const Experiment& experiment) {
  const std::string& weights = experiment.run.weights;
  for (const Placement& placement : composer.placements()) {
    const std::string allowed = allowed_with(placement.pointer, composer, experiment);
    if (allowed.empty()) continue;
    fail_input(placement.origin + ": " + placement.pointer + ": goes unused, found the weights '" + weights +
               "'; allowed with " + allowed);
  }
  const bool seeded = weights == "synthetic" || composer.has("/run/stimulus");
  if (experiment.run.seed != 0 && !seeded) {
    composer.at("/run/seed")
        .fail("nothing is seeded, found " + std::to_string(experiment.run.seed) + " with the weights '" + weights +
              "' and no stimulus; allowed 0, or --weights synthetic");
  }
}

/// Whether these are the weights that come with the network, by the word or as the file itself.
bool are_trained(const std::string& weights, const TrainedWeights& trained) {
  std::error_code ignored;
  if (is_word(weights) || trained.file.empty()) return weights == "trained";
  return std::filesystem::is_regular_file(weights, ignored) && sha256_of_file(weights) == trained.sha256;
}

/// The layers whose weights are read: those simulated, and where the network is run as a chain all before them.
std::vector<const Layer*> weighted_layers(const Experiment& experiment) {
  const std::vector<const Layer*> simulated = experiment.simulated_layers();
  if (experiment.stimulus || simulated.empty()) return simulated;
  std::vector<const Layer*> layers = experiment.network.array_layers();
  layers.erase(std::find(layers.begin(), layers.end(), simulated.back()) + 1, layers.end());
  return layers;
}

}  // namespace

void choose_weights(Composer& composer, Experiment& experiment) {
  std::string& weights = experiment.run.weights;
  if (weights == "default") {
    weights = default_weights(experiment.network);
    const std::string place = "/run/weights";
    composer.put(place, weights, composer.has(place) ? composer.origin(place) : "the default");
  }
  const Network& network = experiment.network;
  const Ranges& ranges = network.trained.ranges;
  if (experiment.precision.ranges.count(network.name) != 0) {
    experiment.ranges_of = "precision";
  } else if (!ranges.empty() && are_trained(weights, network.trained)) {
    experiment.ranges_of = "trained";
    experiment.network.ranges = ranges;
  }
  refuse_unused(composer, experiment);
}

void list_weight_files(Composer& composer, const Experiment& experiment) {
  const std::string& given = experiment.run.weights;
  const bool shipped = weights_are_shipped(given, experiment.network);
  std::error_code ignored;
  if (!is_word(given) && !std::filesystem::exists(given, ignored)) {
    composer.at("/run/weights")
        .fail("no such file or folder, found '" + given + "'; allowed " + kWeightsAllowed +
              did_you_mean(given, {"default", "trained", "synthetic"}));
  }
  const auto weights = open_weights(given, experiment.network, kWeightFolder);
  const std::string place = given == "trained"     ? "/network/weights/file"
                            : given == "synthetic" ? "/network/synthetic_weights/biases"
                                                   : "/run/weights";
  for (const Layer* layer : weighted_layers(experiment)) {
    for (const std::string& name : weights->files(*layer)) {
      const DataFile file = shipped ? recorded_file(name) : user_file(name);
      if (!std::filesystem::is_regular_file(file.path, ignored)) {
        composer.at(place).fail("no such file, found '" + name + "'");
      }
      composer.add_input(file);
    }
  }
}

}  // namespace lacuna

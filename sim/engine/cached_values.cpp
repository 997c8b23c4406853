// SPDX-License-Identifier: Apache-2.0
#include "sim/engine/cached_values.hpp"

#include <algorithm>

#include "hw/base/error.hpp"
#include "workloads/json/digest.hpp"
#include "workloads/weight/weight_set.hpp"

namespace lacuna {

namespace {

std::string digest_of(const Experiment& experiment, const std::string& recorded) {
  const auto found = std::find_if(experiment.inputs.begin(), experiment.inputs.end(),
                                  [&recorded](const InputFile& input) { return input.path == recorded; });
  if (found == experiment.inputs.end()) fail_run("no digest is known of input file '" + recorded + "'");
  return found->sha256;
}

const char* const kWeights = "workloads/weights";  // as results record shipped ones

std::vector<InputFile> files_of(const Experiment& experiment, const WeightSet& weights, const Layer& layer) {
  const bool shipped = weights_are_shipped(experiment.run.weights, experiment.network);
  std::vector<InputFile> files;
  for (const std::string& file : weights.files(layer)) {
    const std::string recorded = shipped ? file : user_file(file).recorded;
    files.push_back({recorded, digest_of(experiment, recorded)});
  }
  return files;
}

}  // namespace

std::string executable_digest() {
  static const std::string digest = sha256_of_file("/proc/self/exe");
  return digest;
}

CachedValues cached_values(const Experiment& experiment, ValuesCache* cache) {
  CachedValues cached;
  cached.cache = cache;
  if (cache == nullptr) return cached;
  cached.program = executable_digest();
  cached.mac = experiment.chip.mac.kind + " " + experiment.chip.mac.exempt_kind;
  for (const DataFile& image : experiment.images) cached.images += digest_of(experiment, image.recorded) + " ";
  const std::shared_ptr<const WeightSet> files = open_weights(experiment.run.weights, experiment.network, kWeights);
  const bool seeded = experiment.run.weights == "synthetic";
  cached.weights = [&experiment, seeded, files](const Layer& layer) {
    std::string identity = files->identity();
    if (seeded) identity += ", run seed " + std::to_string(experiment.run.seed);
    for (const InputFile& file : files_of(experiment, *files, layer)) identity += " " + file.sha256;
    return identity;
  };
  return cached;
}

std::vector<InputFile> weight_files(const Experiment& experiment) {
  const auto weights = open_weights(experiment.run.weights, experiment.network, kWeights);
  std::vector<InputFile> files;
  for (const Layer* layer : experiment.network.array_layers()) {
    for (const InputFile& file : files_of(experiment, *weights, *layer)) {
      const auto same = [&file](const InputFile& known) { return known.path == file.path; };
      if (std::none_of(files.begin(), files.end(), same)) files.push_back(file);
    }
  }
  return files;
}

}  // namespace lacuna

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
  const std::string& name = experiment.run.weights;
  const std::shared_ptr<const WeightSet> files = open_weights(name, experiment.network, "workloads/weights");
  const bool shipped = weights_are_shipped(name, experiment.network);
  const bool seeded = name == "synthetic";
  cached.weights = [&experiment, shipped, seeded, files](const Layer& layer) {
    std::string identity = files->identity();
    if (seeded) identity += ", run seed " + std::to_string(experiment.run.seed);
    for (const std::string& file : files->files(layer)) {
      identity += " " + digest_of(experiment, shipped ? file : user_file(file).recorded);
    }
    return identity;
  };
  return cached;
}

}  // namespace lacuna

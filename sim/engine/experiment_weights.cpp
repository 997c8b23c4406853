// SPDX-License-Identifier: Apache-2.0
#include "sim/engine/experiment_weights.hpp"

namespace lacuna {

std::unique_ptr<WeightSet> weights_of(const Experiment& experiment) {
  Network network = experiment.network;
  network.synthetic.seed += experiment.run.seed;
  return open_weights(experiment.run.weights, network, data_root() + "/workloads/weights");
}

}  // namespace lacuna

// SPDX-License-Identifier: Apache-2.0
#include "sim/engine/values_request.hpp"

#include "hw/base/error.hpp"
#include "hw/chip/accelerator.hpp"
#include "workloads/image/input_image.hpp"

namespace lacuna {

ValuesRequest values_request(const Experiment& experiment, const WeightSet& weights,
                             const NetworkPrecision& precision) {
  ValuesRequest request;
  request.network = &experiment.network;
  request.weights = &weights;
  request.mac = &stored_datapath_of(experiment.chip);
  request.exempt_mac = exempt_datapath_of(experiment.chip);
  request.precision = precision;
  request.images = [&experiment] {
    std::vector<Tensor<float>> images;
    for (const DataFile& image : experiment.images) {
      images.push_back(load_input_image(image.path, experiment.network));
    }
    return images;
  };
  return request;
}

void refuse_saturation(const Experiment& experiment, const std::string& command) {
  if (experiment.chip.mac.overflow != "saturate") return;
  fail_input(experiment.place("/chip/mac/overflow") +
             "an accumulator that saturates adds in the order of a mapping, which " + command +
             " does not know; allowed one that wraps");
}

}  // namespace lacuna

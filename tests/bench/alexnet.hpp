// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "sim/config/experiment.hpp"
#include "sim/values/network_values.hpp"

namespace lacuna::bench {

/// AlexNet on a chip, with overrides.
Experiment alexnet(const std::string& chip, const std::vector<std::string>& sets = {});

/// A cache in a folder of the benchmarks' own, filled once with the values of AlexNet, and gone with the process.
ValuesCache& filled_cache();

/// AlexNet's layers with encoded weights, psums and ofmaps: for benchmarks of the arithmetic alone.
const std::vector<LayerValues>& alexnet_layers();

/// An order of additions: a segment for each row of a filter, as a row-stationary array adds them up.
AccumulationOrder rows_of(const Layer& layer);

/// One of these layers in another precision, on the datapath that it names.
struct LayerOnDatapath {
  LayerValues values;
  const MacDatapath* mac = nullptr;
};
LayerOnDatapath alexnet_layer(const std::string& precision, const std::string& layer);

}  // namespace lacuna::bench

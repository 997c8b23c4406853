// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/alexnet.hpp"

#include <unistd.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "hw/chip/accelerator.hpp"
#include "sim/engine/cached_values.hpp"
#include "sim/engine/engine.hpp"
#include "sim/engine/experiment_weights.hpp"
#include "sim/engine/plan.hpp"
#include "sim/engine/values_request.hpp"

namespace lacuna::bench {

namespace {

/// The cache and its folder.
class OwnCache {
 public:
  OwnCache() : cache_(folder()) {
    EngineHooks hooks;
    hooks.cache = &cache_;
    run_experiment(alexnet("eyeriss"), hooks);
  }
  ~OwnCache() { std::filesystem::remove_all(folder()); }
  OwnCache(const OwnCache&) = delete;
  OwnCache& operator=(const OwnCache&) = delete;
  ValuesCache& cache() { return cache_; }

 private:
  static std::string folder() {
    return std::filesystem::temp_directory_path() / ("lacuna-bench-" + std::to_string(getpid()));
  }
  ValuesCache cache_;
};

}  // namespace

Experiment alexnet(const std::string& chip, const std::vector<std::string>& sets) {
  Request request{JsonDocument(nlohmann::json::object(), "benchmark"), {}, {}};
  request.overrides = {parse_override("/chip=" + chip), parse_override("/network=alexnet")};
  for (const std::string& set : sets) request.overrides.push_back(parse_override(set));
  return compose(request);
}

ValuesCache& filled_cache() {
  static OwnCache cache;
  return cache.cache();
}

const std::vector<LayerValues>& alexnet_layers() {
  static const std::vector<LayerValues> layers = [] {
    const Experiment experiment = alexnet("eyeriss");
    const auto weights = weights_of(experiment);
    ValuesRequest request;
    request.network = &experiment.network;
    request.weights = weights.get();
    request.mac = &stored_datapath_of(experiment.chip);
    request.precision = resolve_precision(experiment.precision, experiment.network, *request.mac, Arithmetic());
    request.cached = cached_values(experiment, &filled_cache());
    request.weights_by_tap = true;
    std::vector<LayerValues> all;
    compute_values(request, [&all](LayerValues&& values) { all.push_back(std::move(values)); });
    return all;
  }();
  return layers;
}

AccumulationOrder rows_of(const Layer& layer) {
  const LayerShape shape = layer.shape(1);
  AccumulationOrder order;
  for (std::int64_t row = 0; row < shape.C * shape.R; ++row) {
    order.emplace_back();
    for (std::int64_t s = 0; s < shape.S; ++s) order.back().push_back(row * shape.S + s);
  }
  return order;
}

LayerOnDatapath alexnet_layer(const std::string& precision, const std::string& layer) {
  const Experiment experiment = alexnet("eyeriss", {"/precision=" + precision, "/energy=generic_45nm"});
  const auto weights = weights_of(experiment);
  ValuesRequest request = values_request(experiment, *weights, resolved_precision(experiment));
  request.cached = cached_values(experiment, &filled_cache());
  request.weights_by_tap = true;
  request.order = rows_of;
  request.last = layer;
  LayerOnDatapath found;
  // The second time, weights are known to the cache in all their forms.
  for (int time = 0; time < 2; ++time) {
    compute_values(request, [&](LayerValues&& values) {
      if (values.layer.name == layer) found.values = std::move(values);
    });
  }
  found.mac = found.values.precision.exempt ? request.exempt_mac : request.mac;
  return found;
}

}  // namespace lacuna::bench

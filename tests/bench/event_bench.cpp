// SPDX-License-Identifier: Apache-2.0
// How long a whole AlexNet takes at the event level, inside the process.
#include <benchmark/benchmark.h>

#include "hw/chip/accelerator.hpp"
#include "sim/engine/engine.hpp"
#include "sim/values/host_layer.hpp"
#include "tests/bench/alexnet.hpp"

namespace lacuna::bench {
namespace {

/// The exact integer layers, from encoded weights and the photograph on.
void BM_Values(benchmark::State& state) {
  const std::vector<LayerValues>& layers = alexnet_layers();
  const MacDatapath& mac = datapath_of(alexnet("eyeriss").chip);
  for (auto _ : state) {
    for (const LayerValues& known : layers) {
      LayerValues values = known;
      values.ofmaps.clear();
      if (values.layer.on_array()) {
        compute_psums(values, mac, nullptr);
        compute_ofmaps(values);
      } else {
        values.ofmaps.emplace_back(compute_host_layer(values.layer, values.precision, values.ifmaps[0]));
      }
      benchmark::DoNotOptimize(values.ofmaps[0].data());
    }
  }
}
BENCHMARK(BM_Values)->Unit(benchmark::kMillisecond);

void run_points(benchmark::State& state, const Experiment& experiment) {
  EngineHooks hooks;
  hooks.cache = &filled_cache();
  run_experiment(experiment, hooks);  // maps the files
  for (auto _ : state) benchmark::DoNotOptimize(run_experiment(experiment, hooks).layers.data());
}

/// One configuration with values cached, ofmaps computed by the array and compared.
void BM_EventChecked(benchmark::State& state) { run_points(state, alexnet("eyeriss")); }
BENCHMARK(BM_EventChecked)->Unit(benchmark::kMillisecond);

/// One configuration with values cached, ofmaps taken from them.
void BM_EventUnchecked(benchmark::State& state) { run_points(state, alexnet("eyeriss", {"/run/check_values=false"})); }
BENCHMARK(BM_EventUnchecked)->Unit(benchmark::kMillisecond);

/// One point of a sweep: composed, planned, run.
void BM_SweepPoint(benchmark::State& state) {
  EngineHooks hooks;
  hooks.cache = &filled_cache();
  const std::vector<std::string> point{"/run/check_values=false", "/chip/global_buffer/banks=40"};
  run_experiment(alexnet("eyeriss", point), hooks);
  for (auto _ : state) benchmark::DoNotOptimize(run_experiment(alexnet("eyeriss", point), hooks).layers.data());
}
BENCHMARK(BM_SweepPoint)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace lacuna::bench

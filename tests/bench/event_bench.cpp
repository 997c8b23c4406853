// SPDX-License-Identifier: Apache-2.0
// How long a whole AlexNet takes at the event level, inside the process.
#include <benchmark/benchmark.h>
#include <hwy/highway.h>

#include "hw/chip/accelerator.hpp"
#include "sim/engine/engine.hpp"
#include "sim/values/host_layer.hpp"
#include "tests/bench/alexnet.hpp"

namespace lacuna::bench {
namespace {

/// The ofmaps of all layers, host layers included, from encoded weights on.
void compute_all(const std::vector<LayerValues>& layers, const MacDatapath& mac) {
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

/// The exact integer layers.
void BM_Values(benchmark::State& state) {
  const std::vector<LayerValues>& layers = alexnet_layers();
  const MacDatapath& mac = datapath_of(alexnet("eyeriss").chip);
  while (state.KeepRunning()) compute_all(layers, mac);
}
BENCHMARK(BM_Values)->Unit(benchmark::kMillisecond);

/// The psums of one layer; items are MACs.
void BM_LayerPsums(benchmark::State& state, const std::string& name) {
  const MacDatapath& mac = datapath_of(alexnet("eyeriss").chip);
  for (const LayerValues& known : alexnet_layers()) {
    if (known.layer.name != name) continue;
    LayerValues values = known;
    while (state.KeepRunning()) {
      compute_psums(values, mac, nullptr);
      benchmark::DoNotOptimize(values.psums[0].data());
    }
    state.SetItemsProcessed(state.iterations() * values.layer.shape(1).macs());
  }
}
BENCHMARK_CAPTURE(BM_LayerPsums, conv1, "conv1")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_LayerPsums, conv2, "conv2")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_LayerPsums, conv3, "conv3")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_LayerPsums, conv4, "conv4")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_LayerPsums, conv5, "conv5")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_LayerPsums, fc6, "fc6")->Unit(benchmark::kMillisecond);

void run_points(benchmark::State& state, const Experiment& experiment) {
  EngineHooks hooks;
  hooks.cache = &filled_cache();
  run_experiment(experiment, hooks);  // maps the files
  while (state.KeepRunning()) benchmark::DoNotOptimize(run_experiment(experiment, hooks).layers.data());
}

/// One configuration with values cached, ofmaps computed by the array and compared.
void BM_EventChecked(benchmark::State& state) { run_points(state, alexnet("eyeriss")); }
BENCHMARK(BM_EventChecked)->Unit(benchmark::kMillisecond);

/// One configuration with values cached, ofmaps taken from them.
void BM_EventUnchecked(benchmark::State& state) { run_points(state, alexnet("eyeriss", {"/run/check_values=false"})); }
BENCHMARK(BM_EventUnchecked)->Unit(benchmark::kMillisecond);

/// One point of a sweep over the global buffer: composed from its files, planned, run, with values cached.
void BM_SweepPoint(benchmark::State& state) {
  EngineHooks hooks;
  hooks.cache = &filled_cache();
  const std::vector<std::string> point{"/run/check_values=false", "/chip/global_buffer/banks=40",
                                       "/energy=generic_45nm", "/run/extrapolate=true"};
  run_experiment(alexnet("eyeriss", point), hooks);
  while (state.KeepRunning()) benchmark::DoNotOptimize(run_experiment(alexnet("eyeriss", point), hooks).layers.data());
}
BENCHMARK(BM_SweepPoint)->Unit(benchmark::kMillisecond);

/// All of AlexNet from a new image on: the exact layers, then the array, its ofmaps computed and compared.
void infer(benchmark::State& state) {
  const std::vector<LayerValues>& layers = alexnet_layers();
  const Experiment experiment = alexnet("eyeriss");
  const MacDatapath& mac = datapath_of(experiment.chip);
  EngineHooks hooks;
  hooks.cache = &filled_cache();
  while (state.KeepRunning()) {
    compute_all(layers, mac);
    benchmark::DoNotOptimize(run_experiment(experiment, hooks).layers.data());
  }
}
void BM_Inference(benchmark::State& state) { infer(state); }
BENCHMARK(BM_Inference)->Unit(benchmark::kMillisecond);

/// The same on a host whose vectors are no wider than 256 bits.
void BM_InferenceOnAvx2(benchmark::State& state) {
  if ((hwy::SupportedTargets() & HWY_AVX2) == 0) return state.SkipWithError("this host has no AVX2");
  hwy::SetSupportedTargetsForTest(HWY_AVX2);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
  infer(state);
  hwy::SetSupportedTargetsForTest(0);
  hwy::GetChosenTarget().DeInit();
}
BENCHMARK(BM_InferenceOnAvx2)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace lacuna::bench

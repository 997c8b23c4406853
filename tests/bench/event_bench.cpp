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
  const MacDatapath& mac = stored_datapath_of(alexnet("eyeriss").chip);
  while (state.KeepRunning()) compute_all(layers, mac);
}
BENCHMARK(BM_Values)->Unit(benchmark::kMillisecond);

/// The psums of one layer; items are MACs.
void BM_LayerPsums(benchmark::State& state, const std::string& name) {
  const MacDatapath& mac = stored_datapath_of(alexnet("eyeriss").chip);
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

/// Weights that stay compressed up to the filter bus: what the decoder does with the streams is worked out once.
void BM_EventCompressedWeights(benchmark::State& state) {
  run_points(state, alexnet("eyeriss_compressed", {"/run/check_values=false"}));
}
BENCHMARK(BM_EventCompressedWeights)->Unit(benchmark::kMillisecond);

/// The conv layers on lanes that skip, with values cached, ofmaps taken from them: what is left is counting zeros.
void BM_EventLaneSkip(benchmark::State& state) {
  run_points(state, alexnet("cnvlutin", {"/run/check_values=false", "/run/extrapolate=true",
                                         R"(/run/layers=["conv1","conv2","conv3","conv4","conv5"])"}));
}
BENCHMARK(BM_EventLaneSkip)->Unit(benchmark::kMillisecond);

/// The conv layers on vectors of non-zeros, with bank conflicts, and without.
void BM_EventCartesian(benchmark::State& state, const char* bank_model) {
  run_points(state, alexnet("scnn", {"/run/check_values=false", "/run/extrapolate=true",
                                     std::string("/chip/array/bank_model=") + bank_model,
                                     R"(/run/layers=["conv1","conv2","conv3","conv4","conv5"])"}));
}
BENCHMARK_CAPTURE(BM_EventCartesian, stall, "stall")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_EventCartesian, ideal, "ideal")->Unit(benchmark::kMillisecond);

/// The conv layers on a PE of Eyeriss v2: a recurrence over windows whose work is looked up by their non-zeros.
void BM_EventDualCsc(benchmark::State& state) {
  run_points(state, alexnet("eyeriss_v2_pe",
                            {"/run/check_values=false", R"(/run/layers=["conv1","conv2","conv3","conv4","conv5"])"}));
}
BENCHMARK(BM_EventDualCsc)->Unit(benchmark::kMillisecond);

/// Points of a sweep, one after the other, no two alike: composed from their files, planned, run, with values cached.
/// `field(k)` is what point k has of its own.
template <class Field>
void sweep(benchmark::State& state, const Field& field) {
  EngineHooks hooks;
  hooks.cache = &filled_cache();
  const auto point = [&](std::int64_t k) {
    return alexnet("eyeriss", {"/run/check_values=false", "/energy=generic_45nm", "/run/extrapolate=true", field(k)});
  };
  run_experiment(point(0), hooks);
  static std::int64_t k = 0;
  while (state.KeepRunning()) benchmark::DoNotOptimize(run_experiment(point(++k), hooks).layers.data());
}

/// The machine's passes are the same at all points, or nearly.
void BM_SweepOfLinkClocks(benchmark::State& state) {
  sweep(state, [](std::int64_t k) { return "/chip/dram_link/clock_khz=" + std::to_string(60000 + k); });
}
BENCHMARK(BM_SweepOfLinkClocks)->Unit(benchmark::kMillisecond);

/// Each point is another array: no pass is like one of another point, and default mappings are looked for anew.
void BM_SweepOfArrays(benchmark::State& state) {
  sweep(state, [](std::int64_t k) { return "/chip/array/output_fifo_beats=" + std::to_string(4 + k); });
}
BENCHMARK(BM_SweepOfArrays)->Unit(benchmark::kMillisecond);

/// All of AlexNet from a new image on: the exact layers, then the array, its ofmaps computed and compared.
void infer(benchmark::State& state) {
  const std::vector<LayerValues>& layers = alexnet_layers();
  const Experiment experiment = alexnet("eyeriss");
  const MacDatapath& mac = stored_datapath_of(experiment.chip);
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

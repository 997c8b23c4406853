// SPDX-License-Identifier: Apache-2.0
// How long AlexNet's trained weights take from their file to the stored words of a mapped cache.
#include <benchmark/benchmark.h>
#include <sys/resource.h>
#include <unistd.h>

#include <filesystem>

#include "hw/chip/accelerator.hpp"
#include "sim/engine/cached_values.hpp"
#include "sim/values/encoded_weights.hpp"
#include "tests/bench/alexnet.hpp"
#include "workloads/weight/weight_set.hpp"

namespace lacuna::bench {
namespace {

double milliseconds(const timeval& time) {
  return 1e3 * static_cast<double>(time.tv_sec) + 1e-3 * static_cast<double>(time.tv_usec);
}

/// Opens and checks the file, decodes it, quantises all layers and puts them into an empty cache. Counters: CPU time of
/// the process and of the kernel for it, which writes the files.
void BM_LoadTrained(benchmark::State& state) {
  const Experiment experiment = alexnet("eyeriss");
  const std::string file = data_root() + "/workloads/weights/" + experiment.network.trained.file;
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("lacuna-bench-load-" + std::to_string(getpid()));
  ValuesRequest request;
  request.network = &experiment.network;
  request.mac = &stored_datapath_of(experiment.chip);
  request.precision = resolve_precision(experiment.precision, experiment.network, *request.mac, Arithmetic());
  rusage before{};
  rusage after{};
  getrusage(RUSAGE_SELF, &before);
  while (state.KeepRunning()) {
    std::filesystem::remove_all(folder);
    ValuesCache cache(folder);
    const std::unique_ptr<WeightSet> weights = trained_weights({file, "", experiment.network.trained.biases}, "");
    request.weights = weights.get();
    request.cached = cached_values(experiment, &cache);
    ReferenceMaps reference(request);
    for (const Layer* layer : experiment.network.array_layers()) {
      const LayerPrecision& precision = request.precision.layers.at(layer->name);
      benchmark::DoNotOptimize(encoded_weights(request, *layer, precision, reference).tensor.words.data());
    }
  }
  getrusage(RUSAGE_SELF, &after);
  std::filesystem::remove_all(folder);
  const auto loads = static_cast<double>(state.iterations());
  state.counters["user_ms"] = (milliseconds(after.ru_utime) - milliseconds(before.ru_utime)) / loads;
  state.counters["kernel_ms"] = (milliseconds(after.ru_stime) - milliseconds(before.ru_stime)) / loads;
}
BENCHMARK(BM_LoadTrained)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace lacuna::bench

// SPDX-License-Identifier: Apache-2.0
// What the clocked model costs per cycle, and what it costs to build one.
#include <benchmark/benchmark.h>

#include "hw/array/row_stationary/config.hpp"
#include "hw/chip/accelerator.hpp"
#include "sim/engine/engine.hpp"
#include "tests/bench/alexnet.hpp"

namespace lacuna::bench {
namespace {

/// CONV5 of AlexNet on the clocked model; items are active PEs x processing cycles.
void BM_ClockedPeCycles(benchmark::State& state) {
  const Experiment experiment = alexnet("eyeriss", {"/run/level=clocked", R"(/run/layers=["conv5"])"});
  EngineHooks hooks;
  hooks.cache = &filled_cache();
  std::int64_t pe_cycles = 0;
  while (state.KeepRunning()) {
    const RunResult result = run_experiment(experiment, hooks);
    for (const LayerResult& layer : result.layers) pe_cycles += layer.active_pes * layer.processing_cycles;
  }
  state.SetItemsProcessed(pe_cycles);
}
BENCHMARK(BM_ClockedPeCycles)->Unit(benchmark::kMillisecond)->Iterations(1);

/// A layer of one MAC on all 12 x 14 PEs' worth of modules: what is left is elaboration.
void elaborate(benchmark::State& state, LayerRun (*run)(const ChipConfig&, const LayerJob&, RunHooks&)) {
  const Experiment experiment = alexnet("eyeriss");
  LayerShape shape;
  shape.M = 14;  // a PE set each
  shape.R = shape.H = 12;
  const MappingContext context = mapping_context(experiment.chip, shape, {16, 16, 16});
  const ArrayKind& array = experiment.chip.array.array();
  const auto mapping = array.make_mapping();
  static_cast<RowStationaryMapping&>(*mapping).t = 14;
  static_cast<RowStationaryMapping&>(*mapping).m = 14;
  const auto schedule = array.schedule(context, *mapping);
  const std::vector<StoredWord> ifmap(12, 1);
  const std::vector<StoredWord> filters(std::size_t{14} * 12, 1);
  const std::vector<std::int64_t> biases(14, 0);
  LayerJob job;
  job.name = "elaboration";
  job.shape = shape;
  job.schedule = schedule.get();
  job.ifmaps = {Span<const StoredWord>(ifmap)};
  job.filters = filters;
  job.biases = biases;
  while (state.KeepRunning()) {
    RunHooks hooks;
    benchmark::DoNotOptimize(run(experiment.chip, job, hooks).total_cycles);
  }
}

void BM_ElaborateClocked(benchmark::State& state) { elaborate(state, run_clocked); }
BENCHMARK(BM_ElaborateClocked)->Unit(benchmark::kMillisecond);

void BM_ElaborateEvent(benchmark::State& state) { elaborate(state, run_event); }
BENCHMARK(BM_ElaborateEvent)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace lacuna::bench

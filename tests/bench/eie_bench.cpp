// SPDX-License-Identifier: Apache-2.0
// AlexNet's FC6 on EIE at the event level, at the densities of its paper (Han et al., ISCA 2016, Table III), with the
// columns of the matrix known from the run before, as in a sweep or a batch. To stay below: 0.1 ms for timing and
// counts, 5 ms with the arithmetic.
#include <benchmark/benchmark.h>

#include <memory>
#include <random>

#include "hw/array/csc_broadcast/config.hpp"
#include "hw/array/csc_broadcast/event/recurrence.hpp"
#include "hw/chip/accelerator.hpp"
#include "hw/chip/layer_job.hpp"
#include "hw/mac/layer_psums.hpp"
#include "tests/bench/alexnet.hpp"

namespace lacuna::bench {
namespace {

/// The chip, the layer and its words.
struct Fc6 {
  Fc6() : experiment(alexnet("eie")) {
    shape.M = 4096;
    shape.C = 256;
    shape.H = shape.W = shape.R = shape.S = 6;
    std::mt19937_64 random(6);
    const auto sparse = [&random](std::size_t words, double density, std::uint64_t most) {
      std::vector<StoredWord> values(words, 0);
      for (StoredWord& value : values) {
        const std::uint64_t drawn = random();
        if (static_cast<double>(drawn >> 11) * 0x1p-53 < density) value = static_cast<StoredWord>(1 + drawn % most);
      }
      return values;
    };
    auto matrix = std::make_shared<std::vector<StoredWord>>(sparse(std::size_t{4096} * 9216, 0.09, 15));
    filters = matrix;
    filters_by_tap = tap_major(*matrix, shape.M);
    ifmap = sparse(9216, 0.351, 100);
    ofmap.assign(4096, 0);
    biases.assign(4096, 0);

    const MappingContext context = mapping_context(experiment.chip, shape, {4, 16, 16});
    CscBroadcastMapping mapping;
    mapping.m = mapping.c = 4096;
    schedule = experiment.chip.array.array().schedule(context, mapping);
    job.name = "fc6";
    job.shape = shape;
    job.schedule = schedule.get();
    job.widths = {4, true, 16, 16, false};
    job.ifmaps = {Span<const StoredWord>(ifmap)};
    job.filters = *matrix;
    job.filters_by_tap = filters_by_tap;
    job.filters_owner = filters;
    job.biases = biases;
    for (Word code = 0; code < 16; ++code) job.mac.codebook.push_back(code);
  }

  Experiment experiment;
  LayerShape shape;
  std::shared_ptr<const void> filters;
  std::vector<StoredWord> filters_by_tap;
  std::vector<StoredWord> ifmap;
  std::vector<StoredWord> ofmap;
  std::vector<std::int64_t> biases;
  std::unique_ptr<LayerSchedule> schedule;
  LayerJob job;
};

const Fc6& fc6() {
  static const Fc6 layer;
  return layer;
}

void run_fc6(benchmark::State& state, bool known_ofmaps) {
  LayerJob job = fc6().job;
  if (known_ofmaps) job.known_ofmaps = {Span<const StoredWord>(fc6().ofmap)};
  const auto run = [&job] {
    RunHooks hooks;
    return run_event(fc6().experiment.chip, job, hooks).total_cycles;
  };
  run();  // makes the columns
  while (state.KeepRunning()) benchmark::DoNotOptimize(run());
}

/// The whole chip around it, ofmaps taken from the exact layer.
void BM_EieFc6Timing(benchmark::State& state) { run_fc6(state, true); }
BENCHMARK(BM_EieFc6Timing)->Unit(benchmark::kMicrosecond);

void BM_EieFc6WithArithmetic(benchmark::State& state) { run_fc6(state, false); }
BENCHMARK(BM_EieFc6WithArithmetic)->Unit(benchmark::kMicrosecond);

/// The recurrence over 3200 broadcasts and 64 PEs alone.
void BM_EieFc6Recurrence(benchmark::State& state) {
  const Fc6& layer = fc6();
  const auto columns = known_columns(CscFormat::eie(), {0, 4096, 0, 9216}, layer.job.filters, 9216, layer.filters);
  std::vector<std::int32_t> broadcasts;
  for (std::size_t i = 0; i < layer.ifmap.size(); ++i) {
    if (layer.ifmap[i] != 0) broadcasts.push_back(static_cast<std::int32_t>(i));
  }
  const CscTimingParameters parameters{CscBroadcastConfig()};
  CscRowBuffers buffers(64, -1);
  const std::vector<std::int32_t> gaps = broadcast_gaps(parameters, broadcasts);
  while (state.KeepRunning()) {
    benchmark::DoNotOptimize(serve_batch(parameters, *columns, broadcasts, gaps, buffers).busy);
  }
}
BENCHMARK(BM_EieFc6Recurrence)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace lacuna::bench

// SPDX-License-Identifier: Apache-2.0
// What binary networks, and float ones, take of the host beside 16-bit fixed point.
#include <benchmark/benchmark.h>

#include <ctime>

#include "sim/values/layer_values.hpp"
#include "tests/bench/alexnet.hpp"

namespace lacuna::bench {
namespace {

/// CPU seconds for the psums of a layer.
double seconds_for(LayerOnDatapath& layer) {
  const AccumulationOrder order = rows_of(layer.values.layer);
  const bool in_order = layer.values.precision.arithmetic.in_order();
  const std::clock_t from = std::clock();
  compute_psums(layer.values, *layer.mac, in_order ? &order : nullptr);
  benchmark::DoNotOptimize(layer.values.psums[0].data());
  return static_cast<double>(std::clock() - from) / CLOCKS_PER_SEC;
}

/// The psums of a layer, from encoded weights on; `of_fixed16`: its share of the time that they take in 16-bit fixed
/// point, measured in turns. Items are MACs.
void BM_PsumsIn(benchmark::State& state, const std::string& precision, const std::string& name) {
  LayerOnDatapath fixed16 = alexnet_layer("fixed16", name);
  LayerOnDatapath layer = alexnet_layer(precision, name);
  double seconds = 0.0;
  double fixed16_seconds = 0.0;
  while (state.KeepRunning()) {
    const double taken = seconds_for(layer);
    seconds += taken;
    fixed16_seconds += seconds_for(fixed16);
    state.SetIterationTime(taken);
  }
  state.SetItemsProcessed(state.iterations() * layer.values.layer.shape(1).macs());
  state.counters["of_fixed16"] = seconds / fixed16_seconds;
}
BENCHMARK_CAPTURE(BM_PsumsIn, xnor_net_conv2, "xnor_net", "conv2")->Unit(benchmark::kMillisecond)->UseManualTime();
BENCHMARK_CAPTURE(BM_PsumsIn, xnor_net_conv3, "xnor_net", "conv3")->Unit(benchmark::kMillisecond)->UseManualTime();
BENCHMARK_CAPTURE(BM_PsumsIn, xnor_net_conv5, "xnor_net", "conv5")->Unit(benchmark::kMillisecond)->UseManualTime();
BENCHMARK_CAPTURE(BM_PsumsIn, xnor_net_fc6, "xnor_net", "fc6")->Unit(benchmark::kMillisecond)->UseManualTime();
BENCHMARK_CAPTURE(BM_PsumsIn, dorefa_conv2, "dorefa_1_2", "conv2")->Unit(benchmark::kMillisecond)->UseManualTime();
BENCHMARK_CAPTURE(BM_PsumsIn, dorefa_conv3, "dorefa_1_2", "conv3")->Unit(benchmark::kMillisecond)->UseManualTime();
BENCHMARK_CAPTURE(BM_PsumsIn, dorefa_fc6, "dorefa_1_2", "fc6")->Unit(benchmark::kMillisecond)->UseManualTime();
BENCHMARK_CAPTURE(BM_PsumsIn, float16_conv3, "float16", "conv3")->Unit(benchmark::kMillisecond)->UseManualTime();
BENCHMARK_CAPTURE(BM_PsumsIn, float16_fc6, "float16", "fc6")->Unit(benchmark::kMillisecond)->UseManualTime();
BENCHMARK_CAPTURE(BM_PsumsIn, twn_float16_conv3, "twn_float16", "conv3")
    ->Unit(benchmark::kMillisecond)
    ->UseManualTime();

}  // namespace
}  // namespace lacuna::bench

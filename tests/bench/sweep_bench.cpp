// SPDX-License-Identifier: Apache-2.0
// Configurations of AlexNet a minute: points of a sweep as a worker runs them, and what its own work is of that.
#include <benchmark/benchmark.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "sim/engine/engine.hpp"
#include "sim/sweep/point_request.hpp"
#include "sim/sweep/runner.hpp"
#include "sim/sweep/sweep_database.hpp"
#include "sim/sweep/worker.hpp"
#include "tests/bench/alexnet.hpp"

namespace lacuna::bench {
namespace {

/// All of AlexNet, values cached, ofmaps not computed again: 40 link clocks for each of some numbers of output FIFOs.
SweepFile alexnet_sweep(const std::string& mapping) {
  const nlohmann::json json = {
      {"name", "bench"},
      {"description", "for benchmarks"},
      {"experiment",
       {{"chip", "eyeriss"},
        {"network", "alexnet"},
        {"energy", "generic_45nm"},
        {"run", {{"check_values", false}, {"extrapolate", true}, {"mapping", mapping}}}}},
      {"axes",
       {{{"path", "/chip/array/output_fifo_beats"}, {"range", {{"from", 4}, {"to", 63}, {"step", 1}}}},
        {{"path", "/chip/dram_link/clock_khz"}, {"range", {{"from", 60000}, {"to", 63900}, {"step", 100}}}}}}};
  return load_sweep(JsonDocument(json, "bench").view(), {});
}

std::string database_file() { return std::filesystem::temp_directory_path() / "lacuna-bench.db"; }

void remove_database() {
  for (const char* ending : {"", "-wal", "-shm"}) std::filesystem::remove(database_file() + ending);
}

void report(benchmark::State& state) {
  state.SetItemsProcessed(state.iterations());
  constexpr double kSecondsPerMinute = 60.0;
  state.counters["points_per_minute"] =
      benchmark::Counter(static_cast<double>(state.iterations()) * kSecondsPerMinute, benchmark::Counter::kIsRate);
  remove_database();
}

void sweep(benchmark::State& state, const std::string& mapping) {
  const SweepFile file = alexnet_sweep(mapping);
  const std::vector<SweepPoint> points = points_of(file);
  const SweepDatabase database(database_file(), file, points);
  SweepWorker worker(file, database_file(), &filled_cache());
  worker.run(points.back());
  std::size_t next = 0;
  while (state.KeepRunning()) worker.run(points[next++ % points.size()]);
  report(state);
}
void BM_SweepGivenMapping(benchmark::State& state) { sweep(state, "table_iii"); }
BENCHMARK(BM_SweepGivenMapping)->Unit(benchmark::kMillisecond)->Iterations(200);
void BM_SweepSearchedMapping(benchmark::State& state) { sweep(state, "search"); }
BENCHMARK(BM_SweepSearchedMapping)->Unit(benchmark::kMillisecond)->Iterations(200);

/// The same points without a database: what is left of the above is the runner's own work.
void BM_SweepWithoutDatabase(benchmark::State& state) {
  const SweepFile file = alexnet_sweep("table_iii");
  const std::vector<SweepPoint> points = points_of(file);
  const auto files = std::make_shared<FileMemory>();
  EngineHooks hooks;
  hooks.cache = &filled_cache();
  const auto run = [&](const SweepPoint& point) { run_experiment(compose(request_of(file, point, files)), hooks); };
  run(points.back());
  std::size_t next = 0;
  while (state.KeepRunning()) run(points[next++ % points.size()]);
  report(state);
}
BENCHMARK(BM_SweepWithoutDatabase)->Unit(benchmark::kMillisecond)->Iterations(200);

/// Points that are stored already.
void BM_SweepKept(benchmark::State& state) {
  const SweepFile file = alexnet_sweep("table_iii");
  const std::vector<SweepPoint> points = points_of(file);
  const SweepDatabase database(database_file(), file, points);
  SweepWorker worker(file, database_file(), &filled_cache());
  worker.run(points.front());
  while (state.KeepRunning()) worker.run(points.front());
  report(state);
}
BENCHMARK(BM_SweepKept)->Unit(benchmark::kMillisecond)->Iterations(200);

/// 240 points by worker processes, wall time: start, work, end.
void BM_SweepWorkers(benchmark::State& state) {
  SweepFile file = alexnet_sweep("table_iii");
  file.groups[0].axes[0].values.resize(6);
  const std::vector<SweepPoint> points = points_of(file);
  while (state.KeepRunning()) {
    const SweepDatabase database(database_file(), file, points);
    SweepRun run;
    run.database = database_file();
    run.cache = filled_cache().folder();
    run.jobs = static_cast<int>(state.range(0));
    run_sweep(file, points, run);
    remove_database();
  }
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(points.size()));
}
BENCHMARK(BM_SweepWorkers)->Arg(1)->Arg(2)->Unit(benchmark::kMillisecond)->Iterations(1)->UseRealTime();

}  // namespace
}  // namespace lacuna::bench

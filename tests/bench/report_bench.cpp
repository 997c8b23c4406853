// SPDX-License-Identifier: Apache-2.0
// The report of a sweep of a hundred thousand points: read, reduced to what charts show, written.
#include <benchmark/benchmark.h>

#include <filesystem>

#include "analysis/report/report.hpp"
#include "tests/support/sweep_fixture.hpp"

namespace lacuna::bench {
namespace {

/// 224 x 224 arrays, gated or not: 100,352 points, which take a minute or two to make.
void BM_ReportOfManyPoints(benchmark::State& state) {
  const std::string file = std::filesystem::temp_directory_path() / "lacuna-bench-report.db";
  std::filesystem::remove(file);
  SweepFixture fixture;
  fixture.rows = fixture.columns = 224;
  make_sweep_database(file, fixture);
  const ReportKit kit{LACUNA_SOURCE_DIR "/analysis/report", {}, {}};
  std::size_t bytes = 0;
  while (state.KeepRunning()) bytes = make_report(file, kit).html.size();
  state.counters["bytes"] = static_cast<double>(bytes);
  std::filesystem::remove(file);
}
BENCHMARK(BM_ReportOfManyPoints)->Unit(benchmark::kMillisecond)->Iterations(3);

}  // namespace
}  // namespace lacuna::bench

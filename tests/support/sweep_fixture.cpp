// SPDX-License-Identifier: Apache-2.0
#include "tests/support/sweep_fixture.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <nlohmann/json.hpp>

#include "sim/sweep/database_schema.hpp"
#include "sim/sweep/point_request.hpp"
#include "sim/sweep/point_store.hpp"
#include "sim/sweep/points.hpp"
#include "tests/support/sample_result.hpp"

namespace lacuna {
namespace {

constexpr std::int64_t kMacs = 1'000'000;
constexpr std::int64_t kClockKhz = 200'000;

std::int64_t cycles_of(int rows, int columns) {
  return kMacs / (std::int64_t{rows} * columns) + std::int64_t{10} * rows;
}

nlohmann::json sweep_json(const SweepFixture& fixture) {
  nlohmann::json json = {
      {"name", "fixture"},
      {"description", "Points that were not simulated"},
      {"experiment", {{"chip", "eyeriss"}, {"network", "tiny"}}},
      {"axes",
       {{{"path", "/chip/array/rows"}, {"range", {{"from", 1}, {"to", fixture.rows}, {"step", 1}}}},
        {{"path", "/chip/array/columns"}, {"range", {{"from", 1}, {"to", fixture.columns}, {"step", 1}}}},
        {{"path", "/chip/array/gate_on"}, {"values", {"activation", "none"}}}}},
      {"objectives", {{{"figure", "energy_total_pj"}}, {{"figure", "images_per_second"}, {"goal", "max"}}}}};
  if (!fixture.constraint.empty()) json["constraints"] = {fixture.constraint};
  return json;
}

/// One conv layer at 10 mW, whose MACs take 2 pJ each where they are not gated.
RunResult result_of(int rows, int columns, bool gated) {
  RunResult result;
  result.program = {"0.1.0", "abc", "GNU 12"};
  result.labels = {"weights: synthetic (laplace, seed 1)"};
  result.prices = {sample_prices()};
  LayerResult layer = sample_conv("conv1");
  layer.batch = 1;
  layer.total_cycles = layer.processing_cycles = cycles_of(rows, columns);
  layer.macs_gated = gated ? kMacs / 4 : 0;
  layer.macs_performed = kMacs - layer.macs_gated;
  layer.active_pes = std::int64_t{rows} * columns;
  layer.counts = {{"mac.op", layer.macs_performed + 20'000 * layer.active_pes}, {"dram.read_bit", 1000}};
  layer.stall_cycles = {{"link", 0}};
  derive(layer, {kClockKhz, layer.active_pes}, result.prices[0]);
  result.layers = {layer};
  return result;
}

}  // namespace

double fixture_energy_pj(int rows, int columns, bool gated) {
  return result_of(rows, columns, gated).layers[0].energy_total_pj;
}

double fixture_ms(int rows, int columns) {
  return static_cast<double>(cycles_of(rows, columns)) / static_cast<double>(kClockKhz);
}

void change_database(const std::string& file, const std::string& sql) {
  SQLite::Database(file, SQLite::OPEN_READWRITE).exec(sql);
}

std::vector<std::int64_t> front_of_database(const std::string& file) {
  std::vector<std::int64_t> positions;
  const SQLite::Database database(file);
  SQLite::Statement select(database, "SELECT position FROM pareto ORDER BY position");
  while (select.executeStep()) positions.push_back(select.getColumn(0).getInt64());
  return positions;
}

std::string small_sweep(const std::string& rest) {
  return R"({"name": "case", "description": "a case", "experiment": {"chip": "eyeriss", "network": "tiny",
  "energy": "generic_45nm", "run": {"extrapolate": true}}, )" +
         rest;
}

void make_sweep_database(const std::string& file, const std::string& sweep_text, const PointWriter& write) {
  const JsonDocument document = JsonDocument::parse(sweep_text, "fixture.json");
  const SweepFile sweep = load_sweep(document.view(), {});
  const std::vector<SweepPoint> points = points_of(sweep);
  {
    SQLite::Database database(file, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    database.exec("PRAGMA journal_mode = WAL");
    SQLite::Transaction transaction(database);
    create_tables(database);
    write_plan(database, sweep, points);
    transaction.commit();
  }
  PointStore store(file);
  const PointKeys keys(sweep);
  for (std::size_t i = 0; i < points.size(); ++i) {
    PointRecord record;
    record.key = keys.key(points[i]);
    record.command = command_of(sweep, points[i]);
    record.identity = std::to_string(i);
    RunResult result;
    switch (write(i, points[i].values, result)) {
      case FixtureEnd::missing:
        continue;
      case FixtureEnd::refused:
        record.status = PointStatus::refused;
        record.error = "/chip/array: <does> not fit";
        break;
      case FixtureEnd::ok:
        record.result = &result;
        break;
    }
    store.put(record);
  }
}

void make_sweep_database(const std::string& file, const SweepFixture& fixture) {
  const std::size_t points =
      std::size_t{2} * static_cast<std::size_t>(fixture.rows) * static_cast<std::size_t>(fixture.columns);
  const std::size_t first_refused = points / 2;
  const std::size_t last_refused = first_refused + static_cast<std::size_t>(fixture.refused);
  make_sweep_database(file, sweep_json(fixture).dump(),
                      [&](std::size_t i, const std::vector<std::uint32_t>& values, RunResult& result) {
                        if (i + static_cast<std::size_t>(fixture.missing) >= points) return FixtureEnd::missing;
                        if (i >= first_refused && i < last_refused) return FixtureEnd::refused;
                        result =
                            result_of(static_cast<int>(values[0]) + 1, static_cast<int>(values[1]) + 1, values[2] == 0);
                        return FixtureEnd::ok;
                      });
}

}  // namespace lacuna
